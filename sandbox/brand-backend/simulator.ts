import type { z } from 'zod';

import { Courier } from '../http/courier';
import { Faults } from '../http/faults';
import { seededRandom } from '../http/random';
import { RequestLog } from '../http/request-log';
import { type RetrySchedule } from '../http/retry-schedule';
import { startSimulator, type Simulator, type SimulatorOptions } from '../http/simulator';
import { keepState } from '../http/state-file';
import { brandBackendActions } from './actions';
import { Callbacks, RETRY_SCHEDULE } from './callbacks';
import { brandBackendMethods, type BrandBackendMethods } from './methods';
import { receive } from './receive';
import { freshState, Policy } from './state';
import type { World } from './world';

const BODY_LIMIT = 1_048_576;

export interface BrandBackendOptions extends SimulatorOptions {
  readonly signingSecrets?: readonly string[];
  /** The bearer token of the callbacks; until there is one they wait. */
  readonly token?: string;
  /** `auto` unless said. */
  readonly policy?: z.input<typeof Policy>;
  /** How callbacks are repeated; after 1 s doubling to 1 min, without end, unless said. */
  readonly retrySchedule?: RetrySchedule;
}

export type BrandBackendSimulator = Simulator & BrandBackendMethods;

/** A brand's backend as it should be: it checks the signature, acts once per `webhook-id`, and answers until it is heard. Commands go to `{url}/commands`. */
export async function startBrandBackendSimulator(options: BrandBackendOptions = {}): Promise<BrandBackendSimulator> {
  const now = options.now ?? Date.now;
  const { state, save } = await keepState(options.stateFile, freshState);
  const world: World = {
    state,
    policy: Policy.parse(options.policy ?? { answer: 'auto' }),
    signingSecrets: options.signingSecrets ?? [],
    token: options.token ?? null,
    now,
  };
  const courier = new Courier();
  const callbacks = new Callbacks(world, courier, options.retrySchedule ?? RETRY_SCHEDULE, save);
  const commit = async (): Promise<void> => {
    await save();
    callbacks.dispatch();
  };
  const methods = brandBackendMethods(world, callbacks, commit);
  const simulator = await startSimulator({
    name: 'brand backend',
    port: options.port ?? 0,
    bodyLimit: BODY_LIMIT,
    routes: [{ method: 'post', path: '/commands', handle: (request) => receive(world, request) }],
    actions: brandBackendActions(methods),
    faults: new Faults(seededRandom(options.seed ?? 1)),
    log: new RequestLog(now, options.log),
    statusReply: (status) => ({ status, body: { error: `answered ${status} on purpose` } }),
    failureReply: (error) => ({ status: 500, body: { error: String(error) } }),
    save: commit,
    courier,
  });
  callbacks.dispatch();
  return { ...simulator, ...methods };
}
