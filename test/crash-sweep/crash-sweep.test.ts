import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '../../sandbox/http/random';
import { startProcess } from '../support/service';
import { startStack, type Stack } from '../support/stack';
import { pointsIn, untilWritten, type Point } from './history-watch';
import { endOf, live, POLICY, workflowOf } from './live';

/** `npm run crash-sweep` kills after every event; `npm test` after one of each kind. */
const isWhole = process.env['TEST_CRASH_SWEEP'] === 'whole';
/** Side by side, each with a service, a Temporal server and partners of its own: after a kill a claim mostly waits for time-outs. */
const STACKS = isWhole ? 6 : 4;
const SEED = 1;

let stacks: Stack[] = [];
beforeAll(async () => {
  const options = { start: startProcess, policy: POLICY };
  stacks = await Promise.all(Array.from({ length: STACKS }, () => startStack(options)));
}, 120_000);
afterAll(() => Promise.all(stacks.map((stack) => stack.stop())), 60_000);

/** What came of a claim whose service was killed. */
interface Swept extends Point {
  /** The last event by then. */
  last: string;
  /** How it ended, or why it did not. */
  end: unknown;
}

async function sweep(stack: Stack, point: Point): Promise<Swept> {
  const claimId = `killed-after-${point.type.toLowerCase().replaceAll('_', '-')}-${point.nth}`;
  const [, last] = await Promise.all([live(stack, claimId), killAndRestart(stack, claimId, point)]);
  return { ...point, last, end: await endOf(stack, claimId) };
}

async function killAndRestart(stack: Stack, claimId: string, point: Point): Promise<string> {
  await untilWritten(stack.client, workflowOf(claimId), point);
  await stack.service.kill();
  const written = await pointsIn(stack.client, workflowOf(claimId));
  await stack.startService();
  return written.at(-1)?.type ?? 'none';
}

/** The points, each taken by the next stack that is free. */
async function sweepAll(points: readonly Point[]): Promise<Swept[]> {
  const left = [...points];
  const swept: Swept[] = [];
  const lane = async (stack: Stack): Promise<void> => {
    for (let point = left.shift(); point !== undefined; point = left.shift()) {
      const failed = { ...point, last: 'not known' };
      swept.push(await sweep(stack, point).catch((error: unknown) => ({ ...failed, end: String(error) })));
    }
  };
  await Promise.all(stacks.map(lane));
  return swept;
}

function oneOfEachType(points: readonly Point[]): Point[] {
  const random = seededRandom(SEED);
  const types = new Set(points.map(({ type }) => type));
  return [...types].flatMap((type) => {
    const ofType = points.filter((point) => point.type === type);
    const drawn = Math.floor(random() * ofType.length);
    return ofType.slice(drawn, drawn + 1);
  });
}

test(
  `killed with SIGKILL after ${isWhole ? 'every event' : 'an event of each kind'} of its history, a claim comes to the same end, done once`,
  async () => {
    const [first] = stacks;
    if (first === undefined) throw new Error('no stack');
    await live(first, 'never-killed');
    const end = await endOf(first, 'never-killed');
    const events = await pointsIn(first.client, workflowOf('never-killed'));
    const points = isWhole ? events : oneOfEachType(events);
    expect(points.map(({ type }) => type)).toEqual(expect.arrayContaining(['TIMER_FIRED', 'ACTIVITY_TASK_COMPLETED']));

    const swept = await sweepAll(points);
    const lasts = [...new Set(swept.map(({ last }) => last))].sort();
    process.stdout.write(`${swept.length} kills; the last event by then was ${lasts.join(', ')}\n`);
    expect(swept.filter((one) => !isDeepStrictEqual(one.end, end))).toEqual([]);
  },
  isWhole ? 1_800_000 : 300_000,
);
