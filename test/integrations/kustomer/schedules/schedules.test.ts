import fc from 'fast-check';
import { play } from './play';
import { schedule } from './schedule';

const SEED = Number(process.env['KLAIM_SCHEDULES_SEED'] ?? 20_417);
const RUNS = Number(process.env['KLAIM_SCHEDULES'] ?? 1_000);
/** The bound on a hang. A failure is made shorter until then, and the shortest so far is printed. */
const ENOUGH_MS = Math.max(480_000, RUNS * 480);

test(
  `${RUNS} random schedules (seed ${SEED}) leave one Klaim for each claim, on the right customer, as the model has it`,
  async () => {
    await fc.assert(fc.asyncProperty(schedule, play), {
      numRuns: RUNS,
      seed: SEED,
      interruptAfterTimeLimit: ENOUGH_MS,
      markInterruptAsFailure: true,
    });
  },
  2 * ENOUGH_MS,
);
