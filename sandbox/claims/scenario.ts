import { seededRandom } from '../http/random';
import { type ResolutionSpec } from '../order-protection/resolution';

/** How one claim of the demo goes. */
export interface Scenario {
  name: 'refund' | 'reship' | 'split' | 'denied';
  messages: number;
  /** What is approved; nothing is denied. */
  resolutions: ResolutionSpec[];
}

const REFUND: ResolutionSpec = { type: 'REFUND', items: [{ itemId: 'li-9001' }] };
const RESHIP: ResolutionSpec = { type: 'RESHIP', items: [{ itemId: 'li-9002' }] };

const KINDS: readonly Omit<Scenario, 'messages'>[] = [
  { name: 'refund', resolutions: [REFUND] },
  { name: 'refund', resolutions: [REFUND] },
  { name: 'reship', resolutions: [RESHIP] },
  { name: 'split', resolutions: [REFUND, RESHIP] },
  { name: 'denied', resolutions: [] },
];

/** As many scenarios as asked for, the same for the same seed. */
export function scenarios(count: number, seed: number): Scenario[] {
  const random = seededRandom(seed);
  const pick = (length: number): number => Math.floor(random() * length);
  return Array.from({ length: count }, () => {
    const kind = KINDS[pick(KINDS.length)];
    if (kind === undefined) throw new Error('a random number is below 1');
    return { ...kind, messages: pick(4) };
  });
}
