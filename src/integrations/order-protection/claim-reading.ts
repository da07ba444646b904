import { readClaimEvent } from '../../claims/event';
import { time } from '../../claims/reading';
import { type ClaimReading } from '../../claims/source-claim';
import { PartnerError } from '../partner-error';
import { addressFrom, paidFrom } from './candidates';
import { PARTNER } from './rest';
import { emailIn, fields, living, type Fields } from '../wire';
import { kindWord, statusWord, typeWord } from './words';

/** How much of a thread is taken: enough for the Klaim's summary. */
const MESSAGES_LIMIT = 30;

/**
 * A claim and its order (none when the order cannot be read) in our words. The event readers decide what of it can be read, so
 * that reads and webhooks are measured by one schema. A claim that does not say when it changed is as of `now`.
 */
export function readingOf(claimId: string, claim: Fields, order: Fields, now: string): ClaimReading {
  const updatedAt = time(claim.updatedAt, 'updatedAt', []) ?? now;
  const decidedAt = time(claim.resolutionDate, 'resolutionDate', []);
  const messages = living(claim.claimMessages);
  const reading = readClaimEvent({
    eventKey: `read:${updatedAt}`,
    source: 'order-protection',
    kind: 'updated',
    occurredAt: updatedAt,
    claim: {
      id: claimId,
      status: statusWord(claim.claimState) ?? 'unknown',
      type: typeWord(claim.claimType),
      description: claim.claimDescription,
      requestedResolution: kindWord(claim.resolutionRequested),
      createdAt: claim.createdAt,
      images: imagesIn(messages),
      items: itemsIn(claim, order),
      resolutions: living(claim.claimResolutions).map(paidFrom),
      messages: messages.slice(-MESSAGES_LIMIT).map(messageFrom),
    },
    order: {
      id: claim.orderId ?? order.id,
      sourceOrderId: claim.sourceOrderId ?? order.sourceOrderId,
      number: claim.sourceOrderNumber ?? order.sourceOrderNumber,
      shippingAddress: addressFrom(order.address),
    },
    customer: {
      email: emailIn(claim.authorEmail),
      orderEmail: emailIn(order.customerEmail),
      name: claim.authorName ?? order.customerName,
      phone: order.customerPhone,
    },
  });
  if (!reading.ok) throw new PartnerError(PARTNER, 'rejected', `the claim cannot be read: ${reading.reason}`);
  const { order: ordered = {}, customer = {}, claim: told } = reading.event;
  const {
    id: _id,
    denialReasons: _reasons,
    messages: thread = [],
    resolutions = [],
    status = 'unknown',
    ...rest
  } = told;
  return {
    found: true,
    status,
    updatedAt,
    ...(decidedAt === undefined ? {} : { decidedAt }),
    claim: { ...rest, status },
    messages: thread,
    resolutions,
    order: ordered,
    customer,
  };
}

/** The claim names its lines by id and quantity; what they are is said by the order (Order Protection, Get order by source id). */
function itemsIn(claim: Fields, order: Fields): unknown[] {
  const lines = living(order.orderItems);
  return living(claim.claimItems).map(({ itemId, quantity }) => {
    const line = lines.find(
      ({ sourceItemId, id }) => itemId !== undefined && (sourceItemId === itemId || id === itemId),
    );
    return {
      lineItemId: itemId,
      productId: line?.sourceProductId,
      variantId: line?.sourceVariantId,
      sku: line?.sku,
      title: line?.productName,
      quantity,
    };
  });
}

function messageFrom({ id, message, senderType, createdAt }: Fields): unknown {
  return {
    id,
    text: message,
    author: typeof senderType === 'string' ? senderType.toLowerCase() : undefined,
    at: createdAt,
  };
}

/** Pictures are in the messages, as addresses or as objects with one; which of them is not documented. */
function imagesIn(messages: readonly Fields[]): unknown[] {
  const medias = messages.flatMap(({ medias: all }) => (Array.isArray(all) ? (all as unknown[]) : []));
  const urls = medias.map((media) => (typeof media === 'string' ? media : (fields(media).url ?? fields(media).src)));
  return [...new Set(urls.filter((url) => url !== undefined && url !== ''))];
}
