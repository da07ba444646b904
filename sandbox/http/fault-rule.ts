import { z } from 'zod';

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

const Latency = z.strictObject({
  latencyMs: z.int().nonnegative(),
  when: z.enum(['before', 'after']).default('before'),
});

/**
 * What goes wrong with a request:
 * `lostAnswer` acts, commits, then cuts the connection; `dropBefore` cuts it before acting; `status500AfterCommit` acts,
 * commits, then answers 500; `hang` waits for `release()` and then acts, however long ago the caller gave up;
 * `{ status }` answers so without acting; `{ latencyMs }` is slow and otherwise right.
 */
export const Fault = z.union([
  z.enum(['lostAnswer', 'dropBefore', 'status500AfterCommit', 'hang']),
  z.strictObject({ status: z.union([401, 403, 404, 409, 410, 429, 500, 502, 503].map((status) => z.literal(status))) }),
  Latency,
]);

/**
 * Which requests a fault hits. `nth` counts the matching requests since the rule was added, from 1. `times` is 1 unless said
 * otherwise (over HTTP `"forever"` stands for Infinity); with a `probability` it is for ever unless said otherwise.
 */
export const FaultRule = z.strictObject({
  match: z
    .strictObject({
      method: z.string().optional(),
      path: z.string().refine(isPattern, 'is no regular expression').optional(),
      nth: z.int().positive().optional(),
    })
    .default({}),
  times: z
    .union([z.int().positive(), z.custom<number>((value) => value === Infinity), z.literal('forever')])
    .optional(),
  probability: z.number().min(0).max(1).optional(),
  fault: Fault,
});

export type Fault = z.output<typeof Fault>;
export type FaultRule = z.input<typeof FaultRule>;

export const isLatency = (fault: Fault): fault is z.output<typeof Latency> =>
  typeof fault === 'object' && 'latencyMs' in fault;

/** The name under which a fault is counted and logged, e.g. `lostAnswer`, `status 503`, `latency`. */
export function nameOf(fault: Fault): string {
  if (typeof fault === 'string') return fault;
  return isLatency(fault) ? 'latency' : `status ${fault.status}`;
}
