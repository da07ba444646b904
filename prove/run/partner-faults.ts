import { type FaultRule } from '../../sandbox/http/fault-rule';
import { type Simulators } from '../../sandbox/simulators';

const SILENT_MS = 12_000;

/**
 * A little of everything, by chance: one call in thirteen fails, so that an attempt of many calls mostly goes through before the product
 * waits long. The long silence outlasts the patience of the product's calls; the partner has acted before it.
 */
const RULES: readonly FaultRule[] = [
  { fault: 'lostAnswer', probability: 0.02 },
  { fault: 'status500AfterCommit', probability: 0.015 },
  { fault: { status: 500 }, probability: 0.015 },
  { fault: { status: 429 }, probability: 0.015 },
  { fault: 'dropBefore', probability: 0.01 },
  { fault: { latencyMs: 200 }, probability: 0.05 },
  { fault: { latencyMs: SILENT_MS, when: 'after' }, probability: 0.003 },
];

/** Where a repeat does harm the answer is lost for certain at first, and then more often by chance. */
const LOST: readonly FaultRule[] = [
  { times: 2, fault: 'lostAnswer' },
  { probability: 0.3, fault: 'lostAnswer' },
];

type Failing = Pick<Simulators, 'kustomer' | 'orderProtection' | 'brandBackend'>;

/** Switches the partners' faults on. Webhooks come doubled, late, and overtake each other; reads lag behind. */
export async function switchFaultsOn({ kustomer, orderProtection, brandBackend }: Failing): Promise<void> {
  for (const { faults } of [kustomer, orderProtection, brandBackend])
    for (const rule of RULES) faults.add({ match: { path: '^/(v1|commands)' }, ...rule });
  for (const rule of LOST) kustomer.faults.add({ match: { method: 'POST', path: '/klasses/klaim$' }, ...rule });
  for (const rule of LOST) brandBackend.faults.add({ match: { path: '/commands' }, ...rule });
  await kustomer.configure({ readLagMs: 300 });
  await orderProtection.configure({ duplicateChance: 0.3, delayMs: [0, 1_500], readLagMs: [0, 800] });
}

/** Switches off what fails by chance. */
export function switchFaultsOff({ kustomer, orderProtection, brandBackend }: Failing): void {
  for (const { faults } of [kustomer, orderProtection, brandBackend]) faults.clear();
}
