import { type Records } from '../checker/records';
import { type Verdict } from '../run/prove';

/** Everything that the partners have on record of one claim, and what was done to the product meanwhile, as it happened. */
export function evidenceOf({ records, chaos }: Pick<Verdict, 'records' | 'chaos'>, claimId: string): string {
  const lines = [...linesOf(records, claimId), ...chaos.map(({ at, line }) => ({ at, who: 'chaos', what: line }))];
  const claims = lines.filter(({ who }) => who !== 'chaos').map(({ at }) => at);
  const [first = '', last = ''] = [claims.reduce(earlier, '9'), claims.reduce(later, '')];
  return lines
    .filter(({ at }) => at >= first && at <= last)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ at, who, what }) => `  ${at.slice(11, 23)}  ${who.padEnd(16)}  ${what}`)
    .join('\n');
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

function linesOf(records: Records, claimId: string): { at: string; who: string; what: string }[] {
  const of = <T extends { claimId: string | null }>(all: readonly T[]): T[] =>
    all.filter((one) => one.claimId === claimId);
  const claim = records.claims.find(({ id }) => id === claimId);
  const about = (body: { data: object } | null): boolean =>
    body !== null && 'claimId' in body.data && body.data.claimId === claimId;
  return [
    ...(claim === undefined
      ? []
      : [
          { at: claim.createdAt, who: 'Order Protection', what: 'the claim is filed' },
          ...claim.messages.map((one) => ({
            at: one.createdAt,
            who: 'Order Protection',
            what: `message "${one.text}"`,
          })),
          ...claim.resolutions.map((one) => ({
            at: one.createdAt,
            who: 'Order Protection',
            what: `approved ${one.type} ${one.details.total_refund_amount} ${one.details.currency}`,
          })),
          { at: claim.updatedAt, who: 'Order Protection', what: `the claim is ${claim.state}` },
        ]),
    ...of(records.webhooks).flatMap(({ topic, attempts, n }) =>
      attempts.map(({ at, answer }) => ({ at, who: 'Order Protection', what: `webhook ${n} ${topic}: ${answer}` })),
    ),
    ...of(records.reports).map(({ at, status, body }) => ({
      at,
      who: 'Order Protection',
      what: `is told ${JSON.stringify(body)}: ${status}`,
    })),
    ...records.writes
      .filter(({ externalId }) => externalId === claimId)
      .map(({ at, what, kobjectId, body }, index, writes) => ({
        at,
        who: 'Kustomer',
        what: `${what} ${kobjectId} ${JSON.stringify(newIn(body, writes[index - 1]?.body))}`,
      })),
    ...records.commands
      .filter(({ body }) => about(body))
      .map(({ at, webhookId, body }) => ({ at, who: 'the brand', what: `is told ${body?.type} ${webhookId}` })),
    ...of(records.acts).map(({ at, what, webhookId }) => ({ at, who: 'the brand', what: `${what} for ${webhookId}` })),
    ...of(records.callbacks).flatMap(({ attempts, body, resolutionId }) =>
      attempts.map(({ at, answer }) => ({
        at,
        who: 'the brand',
        what: `answers ${resolutionId} ${JSON.stringify(body)}: ${answer}`,
      })),
    ),
  ];
}

/** The attributes that a write changes against the one before it. */
function newIn(body: unknown, before: unknown): Record<string, unknown> {
  const [now, then] = [customIn(body), customIn(before)];
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (then[name] ?? null)));
}

const customIn = (body: unknown): Record<string, unknown> =>
  (body as { custom?: Record<string, unknown> } | undefined)?.custom ?? {};
