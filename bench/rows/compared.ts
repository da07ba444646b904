import { type Budget } from '../measure/budget';
import { type Load } from '../measure/load';
import { type Sample } from '../row';

/** What answers once it has stored may take twice as long as the least that does so. */
export const AGAINST_BARE_ROUTE: readonly Budget[] = [
  { of: 'rate ÷ bare route', atLeast: 0.5 },
  { of: 'p99 ÷ bare route', atMost: 2 },
];

/** The product's load beside that of the bare Express route. */
export const compared = (ours: Load, bare: Load): Sample => ({
  'rate ÷ bare route': ours.rate / bare.rate,
  'p99 ÷ bare route': ours.p99 / bare.p99,
  'calls/s': ours.rate,
  'p50 ms': ours.p50,
  'p99 ms': ours.p99,
  'bare route calls/s': bare.rate,
  'bare route p99 ms': bare.p99,
});
