import { type Partners } from './partners';

/** What goes wrong in `--faults`: a little of everything, by chance. */
const RULES = [
  { fault: 'lostAnswer', probability: 0.04 },
  { fault: 'status500AfterCommit', probability: 0.04 },
  { fault: { status: 500 }, probability: 0.04 },
  { fault: { status: 429 }, probability: 0.03 },
  { fault: 'dropBefore', probability: 0.03 },
  { fault: { latencyMs: 300 }, probability: 0.1 },
] as const;

/** Switches the partners' faults on: lost answers, 5xx, 429, cut connections, webhooks doubled, delayed and overtaking each other, stale reads. */
export async function switchFaultsOn({ kustomer, orderProtection, brandBackend }: Partners): Promise<void> {
  for (const partner of [kustomer, orderProtection, brandBackend])
    for (const rule of RULES) await partner.addFault({ match: { path: '^/(v1|commands)' }, ...rule });
  await orderProtection.configure({ duplicateChance: 0.3, delayMs: [0, 1_000], readLagMs: [0, 2_000] });
}

/** Switches them off, and says how often each happened. */
export async function switchFaultsOff({
  kustomer,
  orderProtection,
  brandBackend,
}: Partners): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const partner of [kustomer, orderProtection, brandBackend]) {
    for (const [name, count] of Object.entries(await partner.faultCounts({})))
      counts[name] = (counts[name] ?? 0) + count;
    await partner.clearFaults({});
  }
  await orderProtection.configure({ duplicateChance: 0, delayMs: [0, 0], readLagMs: [0, 0] });
  return counts;
}
