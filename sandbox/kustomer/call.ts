import { type z } from 'zod';

import type { Reply, Route, SimRequest } from '../http/route';
import { KustomerError, notFound, refusal } from './errors';
import type { Taken } from '../http/windows';
import { opens } from './roles';
import type { ApiKey, Org } from './state';
import { keyOf, orgNamed, type World } from './world';

/** An authorised call of one org's API. */
export interface Call {
  readonly world: World;
  readonly org: Org;
  readonly key: ApiKey;
  readonly query: Readonly<Record<string, string>>;
  /** A part of the path; throws when the route has no such part. */
  readonly param: (name: string) => string;
  /** The body by its schema; throws the 400 that Kustomer answers. */
  readonly body: <Schema extends z.ZodType>(schema: Schema) => z.output<Schema>;
}

export interface KustomerRoute {
  readonly method: Route['method'];
  readonly path: string;
  readonly roles: readonly string[];
  readonly handle: (call: Call) => Reply;
}

/** Bearer key, then the org's budget, then the key's roles, then the handler; every reply carries the budget's headers. */
export const served = (world: World, { method, path, roles, handle }: KustomerRoute): Route => ({
  method,
  path,
  handle: (request) => {
    const key = authenticated(world, request);
    const org = orgNamed(world, key.org);
    const budget = world.windows.take(`org ${org.name}`, org.requestsPerMinute);
    const headers = budgetHeaders(world, org.requestsPerMinute, budget);
    try {
      if (!budget.allowed) throw new KustomerError(429, 'Too many requests.');
      if (!opens(key.roles, roles, request.params['klass'])) {
        throw new KustomerError(world.settings.missingRole, `This key lacks a role: any of ${roles.join(', ')}`);
      }
      const reply = handle(callOf(world, org, key, request));
      return { ...reply, headers: { ...headers, ...reply.headers } };
    } catch (error) {
      if (error instanceof KustomerError) error.headers = headers;
      throw error;
    }
  },
});

function authenticated(world: World, { headers }: SimRequest): ApiKey {
  const [, token = ''] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  const key = keyOf(world, token);
  if (key === undefined || key.revoked) throw new KustomerError(401, 'The key is unknown, expired or revoked.');
  if (key.pod !== 'prod1')
    throw new KustomerError(401, `The key belongs to pod ${key.pod}; this call was handled by prod1.`);
  return key;
}

/** `x-ratelimit-reset`, in epoch seconds, only when nothing is left. */
export function budgetHeaders(
  world: World,
  limit: number,
  { allowed, remaining, resetAt }: Taken,
): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    ...(allowed || world.settings.resetHeader === 'absent'
      ? {}
      : { 'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)) }),
    'x-kustomer-pod': 'prod1',
    'cache-control': 'no-cache,private',
  };
}

function callOf(world: World, org: Org, key: ApiKey, { params, query, headers, raw }: SimRequest): Call {
  return {
    world,
    org,
    key,
    query,
    param: (name) => {
      const value = params[name];
      if (value === undefined) throw notFound(name);
      return value;
    },
    body: (schema) => {
      if (!/\bjson\b/.test(headers['content-type'] ?? ''))
        throw new KustomerError(400, 'The body must be application/json.');
      const parsed = schema.safeParse(parseJson(raw));
      if (!parsed.success) throw refusal(parsed.error);
      return parsed.data;
    },
  };
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new KustomerError(400, 'Invalid body: not JSON.');
  }
}
