import fc from 'fast-check';
import { type FaultRule } from '../../../../sandbox/http/fault-rule';
import { type Mishap, type Turn } from './turns';

/** What happens around the workers, in this order; numbers choose among what there is at that moment. */
export type Happening =
  | { event: number; claim: number }
  | { relink: number; claim: number }
  | { agentEdits: number }
  | { agentDeletes: number }
  | { mergeCustomer: number; into: number }
  | { deleteCustomer: number }
  | 'shopper writes in';

/** A turn, and what Kustomer does wrong in it. */
export type FaultyTurn = Turn & { fault?: FaultRule['fault'] };

const STATUSES = ['new', 'open', 'waiting_customer', 'closed'] as const;
const KINDS = ['created', 'updated', 'message', 'approved', 'denied'] as const;

const event = fc.record({
  kind: fc.constantFrom(...KINDS),
  status: fc.constantFrom(...STATUSES),
  knowsShopper: fc.boolean(),
});
export type Told = { kind: (typeof KINDS)[number]; status: (typeof STATUSES)[number]; knowsShopper: boolean };

const some = fc.nat({ max: 3 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ event: some, claim: fc.nat({ max: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ relink: some, claim: fc.nat({ max: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ agentEdits: some }) },
  { weight: 1, arbitrary: fc.record({ agentDeletes: some }) },
  { weight: 2, arbitrary: fc.record({ mergeCustomer: some, into: some }) },
  { weight: 1, arbitrary: fc.record({ deleteCustomer: some }) },
  { weight: 1, arbitrary: fc.constant('shopper writes in' as const) },
);

const whose = fc.nat({ max: 11 });
const turn: fc.Arbitrary<FaultyTurn> = fc.oneof(
  { weight: 7, arbitrary: fc.record({ turn: whose }) },
  { weight: 1, arbitrary: fc.constant({ turn: 'time passes' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      turn: whose,
      fault: fc.constantFrom<FaultRule['fault']>(
        'lostAnswer',
        'dropBefore',
        'status500AfterCommit',
        { status: 500 },
        { status: 503 },
        { status: 429 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      turn: whose,
      mishap: fc.constantFrom<Mishap>('late', 'dies before', 'dies after', 'loses touch'),
    }),
  },
);

/** A schedule: what two claims of one shopper are told, what happens around them, and how all of it interleaves. */
export const schedule = fc.record({
  claims: fc.array(fc.array(event, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 }),
  happenings: fc.array(happening, { maxLength: 10 }),
  turns: fc.array(turn, { maxLength: 80, size: 'max' }),
  settings: fc.record({
    duplicateExternalId: fc.constantFrom('accept', 'conflict'),
    duplicateEmail: fc.constantFrom('conflict', 'accept'),
    custom: fc.constantFrom('merge', 'replace'),
    readLagMs: fc.constantFrom(0, 2_000),
  }),
});
export type Schedule = typeof schedule extends fc.Arbitrary<infer T> ? T : never;
