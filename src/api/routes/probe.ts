import { z } from 'zod';
import { Problem } from '../problem';
import { failingOf } from '../readiness';
import { route } from '../route';

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
    const failing = await failingOf({ database: store.ping(), temporal: claims.ping() }, log);
    if (failing.length > 0) throw new Problem('not-ready', `Does not answer: ${failing.join(', ')}.`, { failing });
    return { status: 200, json: { status: 'ready' as const } };
  },
});
