import type { z } from 'zod';

import type { Reply, Route, SimRequest } from '../http/route';
import { OrderProtectionError, refusal } from './errors';
import type { Store } from './state';
import type { World } from './world';

/** An authorised call of one store's API. */
export interface Call {
  readonly world: World;
  readonly store: Store;
  readonly query: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | null;
  readonly param: (name: string) => string;
  /** The body by its schema; throws the 400 of the partner. */
  readonly body: <Schema extends z.ZodType>(schema: Schema) => z.output<Schema>;
}

export interface StoreRoute {
  readonly method: Route['method'];
  readonly path: string;
  readonly handle: (call: Call) => Reply;
}

/** Bearer token, then the token's budget, then the handler. */
export const served = (world: World, { method, path, handle }: StoreRoute): Route => ({
  method,
  path,
  handle: (request) => {
    const store = authenticated(world, request);
    spend(world, store);
    return handle(callOf(world, store, request));
  },
});

function authenticated({ state: { stores } }: World, { headers }: SimRequest): Store {
  const [, token] = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '') ?? [];
  const store = stores.find(({ apiToken, revoked }) => apiToken === token && !revoked);
  if (store === undefined) throw new OrderProtectionError(401, 'Unauthorized');
  return store;
}

function spend({ settings, windows, now }: World, { id }: Store): void {
  if (settings.requestsPerMinute === null) return;
  const { allowed, resetAt } = windows.take(id, settings.requestsPerMinute);
  if (allowed) return;
  const seconds = Math.max(1, Math.ceil((resetAt - now()) / 1_000));
  throw new OrderProtectionError(429, 'Too Many Requests', { 'retry-after': String(seconds) });
}

const callOf = (world: World, store: Store, { params, query, headers, raw }: SimRequest): Call => ({
  world,
  store,
  query,
  idempotencyKey: headers['idempotency-key'] ?? null,
  param: (name) => params[name] ?? '',
  body: (schema) => {
    const parsed = schema.safeParse(parseJson(raw));
    if (!parsed.success) throw refusal(parsed.error);
    return parsed.data;
  },
});

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new OrderProtectionError(400, 'The body is not JSON');
  }
}
