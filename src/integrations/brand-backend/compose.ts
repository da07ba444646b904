import { type ProtectionEvent } from '../../claims/protection';
import { type Resolution } from '../../claims/resolution';
import { brandCommand, resolutionRequested, type BrandCommand, type ResolutionRequest } from './commands';

/** What is sent: the id that a brand keys on, and the bytes that every repeat of it has. */
export interface Command {
  webhookId: string;
  body: string;
}

/** What a request says beside the resolution. `publicUrl` is where brands reach this service. */
export interface RequestContext {
  brand: string;
  claimId: string;
  order: { sourceOrderId: string | null; number: string | null };
  publicUrl: string;
}

/** Tells the brand to act on a resolution: the only command that it acts on, once per `webhookId`. */
export function requestResolution(
  resolution: Resolution,
  { brand, claimId, order, publicUrl }: RequestContext,
): Command {
  const { id, kind, items, amount, shippingAddress, unconfirmedAddress, dueAt, commandedAt } = resolution;
  const data = {
    brand,
    claimId,
    resolutionId: id,
    kind,
    order,
    items,
    amount,
    shippingAddress,
    unconfirmedAddress,
    answer: { method: 'PUT' as const, url: answerUrl(publicUrl, brand, claimId, id) },
    dueAt,
  };
  return compose(id, { type: 'resolution.requested', timestamp: commandedAt, data });
}

/** Reminds of a request; `requested` is the request's body as it was sent, whose `data` is repeated. */
export function remindOf(requested: string, at: string): Command {
  const data = requestIn(requested);
  return compose(`${data.resolutionId}.reminder.1`, { type: 'resolution.reminder', timestamp: at, data });
}

/** Takes a request back: not to be acted on any more. */
export function withdraw(requested: string, at: string): Command {
  const data = requestIn(requested);
  return compose(`${data.resolutionId}.withdrawn`, { type: 'resolution.withdrawn', timestamp: at, data });
}

/** Says that a claim's open requests are overdue, for the `number`th time. */
export function escalate(
  { brand, claimId }: Pick<RequestContext, 'brand' | 'claimId'>,
  requested: readonly string[],
  { number, at }: { number: number; at: string },
): Command {
  const data = { brand, claimId, resolutions: requested.map(requestIn) };
  // The id travels in a header, which takes no letter outside ASCII.
  return compose(`${encodeURIComponent(claimId)}.escalated.${number}`, {
    type: 'claim.escalated',
    timestamp: at,
    data,
  });
}

/** Tells the brand to bill its customer for protection, or to give the premium back. */
export function tellProtection(
  brand: string,
  { eventId, action, occurredAt, order, amount }: ProtectionEvent,
): Command {
  const { sourceOrderId = null, number = null } = order;
  const data = { brand, eventId, order: { sourceOrderId, number }, amount };
  return compose(eventId, { type: `protection.${action}`, timestamp: occurredAt, data });
}

/** Where the brand answers a request. */
export function answerUrl(publicUrl: string, brand: string, claimId: string, resolutionId: string): string {
  const path = ['brands', brand, 'claims', claimId, 'resolutions', resolutionId].map(encodeURIComponent).join('/');
  return `${publicUrl.replace(/\/+$/, '')}/v1/${path}`;
}

/** Parsed on the way out too: what is frozen here is sent for as long as it takes, so it must be right the first time. */
function compose(webhookId: string, command: BrandCommand): Command {
  return { webhookId, body: JSON.stringify(brandCommand.parse(command)) };
}

function requestIn(requested: string): ResolutionRequest {
  return resolutionRequested.parse(JSON.parse(requested)).data;
}
