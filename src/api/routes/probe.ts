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

/**
 * The database answers: then webhooks and callbacks are taken. Temporal is not asked for that, because a balancer that took this process out
 * while Temporal is down would have them lost; that it is down is said all the same.
 */
export const readReadiness = route({
  name: 'readReadiness',
  method: 'get',
  path: '/readyz',
  requires: 'nothing',
  summary: 'Whether webhooks and callbacks are taken, and whether Temporal answers',
  answers: { 200: z.strictObject({ status: z.literal('ready'), failing: z.array(z.string()) }) },
  problems: ['not-ready'],
  handle: async (_call, { store, claims, log }) => {
    const failing = await failingOf({ database: store.ping(), temporal: claims.ping() }, log);
    if (failing.includes('database'))
      throw new Problem('not-ready', `Does not answer: ${failing.join(', ')}.`, { failing });
    return { status: 200, json: { status: 'ready' as const, failing } };
  },
});
