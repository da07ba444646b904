import type { Claim } from '../../sandbox/order-protection/state';
import { commandsOf, grouped } from './commands';
import type { Records } from './records';
import { broken, missing, type Finding, type Violation } from './violation';

/** P3: per resolution one id, the same bytes at every repeat, and so one act of the brand; per protection event the same. */
export function oneCommand(records: Records): Finding {
  const { claims, commands } = records;
  const unreadable = commands.filter(({ body }) => body === null);
  const repeats = [
    ...grouped(
      commands.filter(({ body }) => body !== null),
      ({ webhookId }) => webhookId ?? '',
    ),
  ].filter(([, group]) => new Set(group.map(({ raw }) => raw)).size > 1);
  return {
    checked: 'resolutions commanded, and premiums',
    count: claims.reduce((sum, claim) => sum + claim.resolutions.length, 0) + premiumsOf(records).size,
    violations: [
      ...unreadable.map(({ webhookId, problem }) => broken(null, `the brand cannot take ${webhookId}: ${problem}`)),
      ...repeats.map(([id]) => broken(null, `the repeats of ${id} are not the same bytes`)),
      ...claims.flatMap((claim) => ofClaim(records, claim)),
      ...ofPremiums(records),
    ],
  };
}

function ofClaim({ commands, acts }: Records, { id, resolutions, state }: Claim): Omit<Violation, 'promise'>[] {
  const requests = commandsOf(commands, 'resolution.requested').filter(({ body }) => body.data.claimId === id);
  const ids = [...new Set(requests.map(({ webhookId }) => webhookId))];
  const own = acts.filter(({ claimId }) => claimId === id);
  const withdrawn = commandsOf(commands, 'resolution.withdrawn').filter(({ body }) => body.data.claimId === id);
  const told = new Set(withdrawn.map(({ webhookId }) => webhookId));
  // What was never approved is P4's matter.
  const isApproved = resolutions.length > 0;
  const isTakenBack = state === 'DENIED' && isApproved;
  return [
    ...(isApproved && ids.length > resolutions.length
      ? [broken(id, `${resolutions.length} resolutions were approved and ${ids.length} commanded: ${ids.join(', ')}`)]
      : []),
    ...(ids.length < resolutions.length
      ? [missing(id, `${resolutions.length} resolutions were approved and ${ids.length} commanded`)]
      : []),
    ...(isApproved && own.length > resolutions.length
      ? [broken(id, `the brand acted ${own.length} times on ${resolutions.length} resolutions`)]
      : []),
    ...(isTakenBack && told.size < ids.length
      ? [missing(id, 'the brand was not told that the command is withdrawn')]
      : []),
    ...(told.size > ids.length ? [broken(id, `${told.size} withdrawals of ${ids.length} commands`)] : []),
  ];
}

function ofPremiums(records: Records): Omit<Violation, 'promise'>[] {
  const added = commandsOf(records.commands, 'protection.added');
  const told = grouped(added, ({ body }) => body.data.order.sourceOrderId ?? '');
  return [...premiumsOf(records)].flatMap(([orderId, claimId]) => {
    const ids = new Set(told.get(orderId)?.map(({ webhookId }) => webhookId));
    return ids.size > 1 ? [broken(claimId, `the brand was told ${ids.size} times to bill for order ${orderId}`)] : [];
  });
}

/** The orders to which protection was added by hand, each once, with a claim of theirs. */
function premiumsOf({ webhooks, claims }: Records): Map<string, string | null> {
  const bodies = webhooks.filter(({ topic }) => topic === 'protection.added').map(({ body }) => body);
  const orders = bodies.map((body) => (JSON.parse(body) as { body: { source_order_id: string } }).body.source_order_id);
  return new Map(
    orders.map((orderId) => [orderId, claims.find(({ sourceOrderId }) => sourceOrderId === orderId)?.id ?? null]),
  );
}
