import { z } from 'zod';
import type { Claim, Delivery as Webhook } from '../../sandbox/order-protection/state';
import { commandsOf } from './commands';
import { textIn } from './klaim-text';
import type { Records } from './records';
import { missing, type Finding } from './violation';

const envelope = z.object({
  topic: z.string(),
  body: z.object({
    message: z.string().optional(),
    source_order_id: z.string().optional(),
    amount: z.number().optional(),
  }),
});

/** P1: what was answered 200 has had its effect at the partners; what was not is sent again until it is. */
export function nothingLost(records: Records): Finding {
  const events = records.webhooks.filter(({ state }) => state !== 'dropped');
  const unanswered = events.filter(({ state }) => state !== 'delivered');
  const answered = [
    ...new Map(events.filter(({ state }) => state === 'delivered').map((one) => [one.body, one])).values(),
  ];
  const lost = answered.flatMap((webhook) => {
    const effect = missingEffect(records, webhook);
    return effect === null ? [] : [missing(webhook.claimId, `${webhook.topic} was answered 200, and ${effect}`)];
  });
  const { callbacks, reports } = records;
  const reported = new Set(reports.filter(({ status }) => status < 300).map(({ idempotencyKey }) => idempotencyKey));
  const accepted = callbacks.filter(({ state }) => state === 'accepted');
  return {
    checked: 'webhooks and callbacks answered 200',
    count: answered.length + accepted.length,
    violations: [
      ...unanswered.map(({ claimId, topic }) => missing(claimId, `${topic} has not been answered 200`)),
      ...lost,
      ...callbacks
        .filter(({ state }) => state === 'pending')
        .map(({ claimId, resolutionId }) => missing(claimId, `the callback for ${resolutionId} has not been answered`)),
      ...accepted
        .filter(({ resolutionId }) => !reported.has(resolutionId))
        .map(({ claimId, resolutionId }) =>
          missing(
            claimId,
            `the callback for ${resolutionId} was answered 200, and Order Protection has no report of it`,
          ),
        ),
    ],
  };
}

/** What should be at a partner because of the webhook and is not. */
function missingEffect(records: Records, { claimId, body: text }: Webhook): string | null {
  const { topic, body } = envelope.parse(JSON.parse(text));
  const klaims = records.klaims.filter(({ externalId }) => externalId === claimId);
  const claim = records.claims.find(({ id }) => id === claimId);
  switch (topic) {
    case 'claim.created':
      return klaims.length > 0 ? null : 'Kustomer has no Klaim';
    case 'message.created':
      return klaims.some((klaim) => textIn(klaim, 'messageSummaryTxt').includes(body.message ?? ''))
        ? null
        : `no Klaim shows "${body.message}"`;
    case 'claim.approved':
      return !wasApproved(claim) || requestsOf(records, claimId).length > 0 ? null : 'the brand was told nothing';
    case 'claim.denied':
      return klaims.some((klaim) => textIn(klaim, 'statusStr') === 'Denied') ? null : 'no Klaim shows the denial';
    case 'protection.added':
      return commandsOf(records.commands, topic).some(
        ({ body: { data } }) =>
          data.order.sourceOrderId === body.source_order_id && Number(data.amount.amount) === body.amount,
      )
        ? null
        : `the brand was not told to bill ${body.amount} for order ${body.source_order_id}`;
    default:
      return null;
  }
}

const wasApproved = (claim: Claim | undefined): boolean => claim !== undefined && claim.resolutions.length > 0;

const requestsOf = ({ commands }: Records, claimId: string | null) =>
  commandsOf(commands, 'resolution.requested').filter(({ body }) => body.data.claimId === claimId);
