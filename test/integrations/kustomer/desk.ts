import {
  startKustomerSimulator,
  type KustomerOptions,
  type KustomerSimulator,
} from '../../../sandbox/kustomer/simulator';
import { type SeenKlaim } from '../../../sandbox/kustomer/look';
import { type Write } from '../../../sandbox/kustomer/state';
import { type CustomerIdentity, type Klaim, type KlaimIds, type Superseded } from '../../../src/claims/klaim';
import { isFinal } from '../../../src/claims/failure';
import { type Http, type HttpRequest } from '../../../src/integrations/http';
import { loopbackHttp } from '../../support/loopback-http';
import { createBudget, type Urgency } from '../../../src/integrations/kustomer/budget/budget';
import { type SharedBudgets } from '../../../src/integrations/kustomer/budget/purse';
import {
  createKustomer,
  type KlaimSync,
  type Kustomer,
  type KustomerAccess,
  type Lease,
  type Relinking,
} from '../../../src/integrations/kustomer/client';
import { PartnerError } from '../../../src/integrations/partner-error';
import { KLAIM_PROPERTIES } from '../../support/klaim-properties';

export const API_KEY = 'kustomer-key-acme';

export const NOBODY: CustomerIdentity = {
  customerId: null,
  email: null,
  orderEmail: null,
  externalId: null,
  name: null,
  phone: null,
  country: null,
};

export const MIRA: CustomerIdentity = { ...NOBODY, email: 'mira.c@shopper.example', name: 'Mira Castellan' };

/** A whole Klaim in a certain state; every test that changes it sends all of it again. */
export function klaimIn(status: string, changes: Partial<Klaim> = {}): Klaim {
  return {
    title: 'Damaged – order #20417',
    description: 'The box came empty',
    images: ['https://images.example/box.jpg'],
    custom: {
      claimNumberStr: '10482',
      statusStr: status,
      imageRequiredBool: true,
      claimCreatedAt: '2026-03-02T08:55:00Z',
      resolutionAmountNum: null,
      claimUrl: 'https://claim.orderprotection.com/view/clm_1',
    },
    ...changes,
  };
}

export interface SyncOptions {
  claimId?: string;
  klaim?: Klaim;
  customer?: Partial<CustomerIdentity>;
  known?: KlaimIds | null;
  /** As of when the state is; the same for all that do not say. */
  asOf?: string;
  signal?: AbortSignal;
  apiKey?: string;
  urgency?: Urgency;
}

/** A Kustomer org with its Klass, and a client of it over real HTTP. */
export interface Desk {
  kustomer: KustomerSimulator;
  /** One attempt. */
  sync(options?: SyncOptions): Promise<KlaimSync>;
  /** One attempt that may find a newer state. */
  trySync(options?: SyncOptions): Promise<KlaimSync | Superseded>;
  /** Attempts as the engine makes them, until one succeeds; a failure that must not be retried is thrown. */
  syncUntilDone(options?: SyncOptions): Promise<KlaimSync>;
  /** One attempt to have the Klaim under a certain customer. */
  relink(customerId: string, options?: SyncOptions): Promise<Relinking>;
  relinkUntilDone(customerId: string, options?: SyncOptions): Promise<Relinking>;
  /** A signal that ends an attempt with its nth request from now on: before it goes out, or once it is answered. */
  killedAt(nth: number, when: 'before' | 'after'): AbortSignal;
  /** The most Klaims that a claim ever had at once. */
  mostAtOnce(claimId?: string): number;
  /** Does something just before the next matching request goes out. */
  justBefore(method: HttpRequest['method'], path: RegExp, act: () => Promise<unknown>): void;
  /** The one live Klaim of a claim; fails when there is none or more than one. */
  theKlaim(claimId?: string): SeenKlaim;
  /** `METHOD /path` of all requests so far, without the `/v1`. */
  calls(): string[];
}

export interface DeskOptions extends KustomerOptions {
  lease?: Lease;
  budgets?: SharedBudgets;
  requestsPerMinute?: number;
  /** Processes that take turns with the attempts; each leases for itself. */
  workers?: number;
  /** Of each call, in milliseconds. */
  timeoutMs?: number;
  /** Of the API key instead of all that is needed. */
  roles?: string[];
}

const CLAIM = 'clm_1';
export const AS_OF = '2026-03-10T12:00:00.000Z';

export async function openDesk({
  lease = oneAtATime(),
  budgets = endless,
  requestsPerMinute = 6_000,
  workers = 1,
  timeoutMs,
  roles,
  ...options
}: DeskOptions = {}): Promise<Desk> {
  const kustomer = await startKustomerSimulator(options);
  await kustomer.seedOrg({
    apiKey: API_KEY,
    requestsPerMinute: 100_000,
    properties: KLAIM_PROPERTIES,
    ...(roles === undefined ? {} : { roles }),
  });
  const plans: { method: string; path: RegExp; act: () => Promise<unknown> }[] = [];
  const door = loopbackHttp();
  const kills: { left: number; when: 'before' | 'after'; attempt: AbortController }[] = [];
  const killing = (when: 'before' | 'after'): void => {
    for (const kill of kills) if (kill.when === when && --kill.left === 0) kill.attempt.abort();
  };
  const http: Http = async (request) => {
    killing('before');
    const index = plans.findIndex(
      ({ method, path }) => method === request.method && path.test(new URL(request.url).pathname),
    );
    if (index >= 0) for (const { act } of plans.splice(index, 1)) await act();
    try {
      return await door(timeoutMs === undefined ? request : { ...request, timeoutMs });
    } finally {
      killing('after');
    }
  };
  const clients = Array.from({ length: workers }, () => createKustomer({ http, lease, budget: createBudget(budgets) }));
  let turn = 0;
  const access = ({ apiKey = API_KEY }: SyncOptions): KustomerAccess => ({
    org: 'acme',
    apiKey,
    baseUrl: kustomer.url,
    klass: 'klaim',
    requestsPerMinute,
  });
  const wanted = ({
    claimId = CLAIM,
    klaim = klaimIn('New'),
    customer = MIRA,
    known = null,
    asOf = AS_OF,
  }: SyncOptions) => ({
    claimId,
    klaim,
    customer: { ...NOBODY, ...customer },
    known,
    asOf,
  });
  const client = (): Kustomer => clients[turn++ % workers] as Kustomer;
  const trySync: Desk['trySync'] = (asked = {}) => client().syncKlaim(access(asked), wanted(asked), asked);
  const sync: Desk['sync'] = async (asked) => {
    const synced = await trySync(asked);
    if ('supersededBy' in synced) throw new Error(`superseded by a state of ${synced.supersededBy}`);
    return synced;
  };
  const relink: Desk['relink'] = (customerId, asked = {}) => {
    const { customer, ...rest } = wanted(asked);
    return client().relinkKlaim(access(asked), { ...rest, customer: { ...customer, customerId } }, asked);
  };
  return {
    kustomer,
    sync,
    trySync,
    syncUntilDone: (asked) => untilDone(() => sync(asked)),
    relink,
    relinkUntilDone: (customerId, asked) => untilDone(() => relink(customerId, asked)),
    killedAt: (nth, when) => {
      const attempt = new AbortController();
      kills.push({ left: nth, when, attempt });
      return attempt.signal;
    },
    mostAtOnce: (claimId = CLAIM) => mostAtOnce(kustomer.writes(), claimId),
    justBefore: (method, path, act) => plans.push({ method, path, act }),
    theKlaim: (claimId = CLAIM) => {
      const [klaim, ...others] = kustomer.klaims(claimId);
      if (klaim === undefined || others.length > 0)
        throw new Error(`${others.length + (klaim === undefined ? 0 : 1)} Klaims`);
      return klaim;
    },
    calls: () => kustomer.requests().map(({ method, url }) => `${method} ${url.replace('/v1', '')}`),
  };
}

/** For tests that run side by side. */
export async function withDesk(options: DeskOptions, work: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await openDesk(options);
  try {
    await work(desk);
  } finally {
    await desk.kustomer.stop();
  }
}

/** Waits for a condition of the simulator. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

async function untilDone<T>(attempt: () => Promise<T>, attempts = 40): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof PartnerError) || isFinal(error.kind) || attempts === 1) throw error;
    return untilDone(attempt, attempts - 1);
  }
}

/** What a failed attempt said. */
export async function failureOf(attempt: Promise<unknown>): Promise<PartnerError> {
  const error: unknown = await attempt.then(() => undefined).catch((reason: unknown) => reason);
  if (!(error instanceof PartnerError))
    throw new Error('the attempt did not fail with a PartnerError', { cause: error });
  return error;
}

/** A lease in one process: the next holder begins when the last one has ended. */
export function oneAtATime(): Lease {
  const tails = new Map<string, Promise<unknown>>();
  return (key, _seconds, work) => {
    const turn = (tails.get(key) ?? Promise.resolve()).then(work);
    tails.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

/** No lease at all: what is left is Kustomer's own 409. */
export const everybodyAtOnce: Lease = (_key, _seconds, work) => work();

/** Budgets that are never used up. */
export const endless: SharedBudgets = {
  lease: async (_key, { requests }) => ({ granted: requests, waitMs: 0 }),
  pause: async () => undefined,
};

function mostAtOnce(writes: readonly Write[], claimId: string): number {
  const live = new Set<string>();
  return writes.reduce((most, { what, kobjectId, externalId }) => {
    if (what === 'delete' || externalId !== claimId) live.delete(kobjectId);
    else live.add(kobjectId);
    return Math.max(most, live.size);
  }, 0);
}
