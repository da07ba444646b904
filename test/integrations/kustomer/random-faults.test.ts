import fc from 'fast-check';
import { type FaultRule } from '../../../sandbox/http/fault-rule';
import { klaimIn, MIRA, openDesk } from './desk';

const fault = fc.constantFrom<FaultRule['fault']>(
  'lostAnswer',
  'dropBefore',
  'status500AfterCommit',
  { status: 500 },
  { status: 503 },
  { status: 429 },
  { latencyMs: 5 },
);

/** A fault that hits some later request of one kind. */
const rule = fc.record({
  match: fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), nth: fc.integer({ min: 1, max: 5 }) }),
  times: fc.integer({ min: 1, max: 2 }),
  fault,
});

const step = fc.record({
  faults: fc.array(rule, { maxLength: 3 }),
  /** What an agent or another worker does in the middle of it. */
  meanwhile: fc.constantFrom('nothing', 'nothing', 'delete', 'edit', 'another'),
});

test('whatever goes wrong in whatever order, there is one Klaim at the end, and it has the last state', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('accept', 'conflict'),
      async (steps, mode) => {
        const desk = await openDesk({ settings: { duplicateExternalId: mode } });
        const { faults, editKlaim, deleteKlaim, klaims } = desk.kustomer;
        const meddle = {
          nothing: async () => undefined,
          another: () => desk.syncUntilDone({ klaim: klaimIn('Theirs') }),
          delete: () => Promise.all(klaims('clm_1').map(({ id }) => deleteKlaim(id))),
          edit: () => Promise.all(klaims('clm_1').map(({ id }) => editKlaim({ id, changes: { title: 'By hand' } }))),
        };
        try {
          for (const [index, { faults: rules, meanwhile }] of steps.entries()) {
            for (const each of rules) faults.add(each);
            desk.justBefore('POST', /klasses\/klaim$/, meddle[meanwhile]);
            desk.justBefore('PUT', /klasses\/klaim\//, meddle[meanwhile]);
            const klaim = klaimIn(`State ${index}`);
            const { klaimId } = await desk.syncUntilDone({ klaim });
            expect(desk.theKlaim()).toMatchObject({
              id: klaimId,
              title: klaim.title,
              custom: { statusStr: `State ${index}` },
            });
          }
          expect(desk.kustomer.customers().map(({ emails }) => emails?.[0]?.email)).toEqual([MIRA.email]);
        } finally {
          await desk.kustomer.stop();
        }
      },
    ),
    { numRuns: 20, seed: 20_417 },
  );
}, 120_000);
