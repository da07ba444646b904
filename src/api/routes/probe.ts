import { Problem } from '../problem';
import { route } from '../route';

/** What does not answer a probe within this time does not answer. */
const PROBE_MS = 2_000;

/** The process is up; nothing else is asked. */
export const readHealth = route({
  method: 'get',
  path: '/healthz',
  requires: 'nothing',
  summary: 'Whether the process is up',
  handle: () => Promise.resolve({ status: 200, json: { status: 'up' } }),
});

/** Everything that is needed answers. */
export const readReadiness = route({
  method: 'get',
  path: '/readyz',
  requires: 'nothing',
  summary: 'Whether the database and Temporal answer',
  handle: async (_call, { store, claims, log }) => {
    const needs = { database: store.ping(), temporal: claims.ping() };
    const failing = await Promise.all(
      Object.entries(needs).map(async ([name, answer]) => {
        try {
          await withinProbeTime(answer);
          return [];
        } catch (error) {
          log.warn({ needs: name, err: error }, 'not ready');
          return [name];
        }
      }),
    );
    if (failing.flat().length > 0)
      throw new Problem('not-ready', `Does not answer: ${failing.flat().join(', ')}.`, { failing: failing.flat() });
    return { status: 200, json: { status: 'ready' } };
  },
});

async function withinProbeTime(answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS} ms`)), PROBE_MS);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
