import { z } from 'zod';
import { Problem } from '../problem';
import { route } from '../route';

/** What does not answer a probe within this time does not answer. */
const PROBE_MS = 2_000;

/** The process is up; nothing else is asked. */
export const readHealth = route({
  name: 'readHealth',
  method: 'get',
  path: '/healthz',
  requires: 'nothing',
  summary: 'Whether the process is up',
  answers: { 200: z.strictObject({ status: z.literal('up') }) },
  problems: [],
  handle: () => Promise.resolve({ status: 200, json: { status: 'up' as const } }),
});

/** Everything that is needed answers. */
export const readReadiness = route({
  name: 'readReadiness',
  method: 'get',
  path: '/readyz',
  requires: 'nothing',
  summary: 'Whether the database and Temporal answer',
  answers: { 200: z.strictObject({ status: z.literal('ready') }) },
  problems: ['not-ready'],
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
    return { status: 200, json: { status: 'ready' as const } };
  },
});

async function withinProbeTime(answer: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PROBE_MS} ms`)), PROBE_MS);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
