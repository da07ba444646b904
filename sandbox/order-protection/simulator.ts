import { Courier } from '../http/courier';
import { Faults } from '../http/faults';
import { seededRandom } from '../http/random';
import { RequestLog } from '../http/request-log';
import { type RetrySchedule } from '../http/retry-schedule';
import { startSimulator, type Simulator, type SimulatorOptions } from '../http/simulator';
import { keepState } from '../http/state-file';
import { Windows } from '../http/windows';
import { orderProtectionActions } from './actions';
import { served } from './call';
import { claimRoutes } from './claims';
import type { Desk } from './desk';
import { errorReply, OrderProtectionError } from './errors';
import { orderProtectionMethods, type OrderProtectionMethods } from './methods';
import { orderRoutes } from './orders';
import { reportRoutes } from './reports';
import { DEFAULT_SETTINGS, type OrderProtectionChange } from './settings';
import { freshState } from './state';
import { RETRY_SCHEDULE, Webhooks } from './webhooks';
import type { World } from './world';

const BODY_LIMIT = 1_048_576;

export interface OrderProtectionOptions extends SimulatorOptions {
  readonly settings?: OrderProtectionChange;
  /** How webhooks are repeated; after 10 s, 1 min, 5 min, 30 min and 2 h unless said. */
  readonly retrySchedule?: RetrySchedule;
}

export type OrderProtectionSimulator = Simulator & OrderProtectionMethods;

/** A stateful stand-in for Order Protection's REST API and webhooks. What is known of the real one and what is our choice: sandbox/README.md. */
export async function startOrderProtectionSimulator(
  options: OrderProtectionOptions = {},
): Promise<OrderProtectionSimulator> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? 1;
  const { state, save } = await keepState(options.stateFile, freshState);
  const world: World = {
    state,
    settings: DEFAULT_SETTINGS,
    windows: new Windows(now),
    random: seededRandom(seed),
    seed,
    now,
  };
  const courier = new Courier();
  const webhooks = new Webhooks(world, courier, options.retrySchedule ?? RETRY_SCHEDULE, save);
  const desk: Desk = { world, webhooks };
  const commit = async (): Promise<void> => {
    await save();
    webhooks.dispatch();
  };
  const methods = orderProtectionMethods(desk, commit);
  await methods.configure(options.settings ?? {});
  const simulator = await startSimulator({
    name: 'Order Protection',
    port: options.port ?? 0,
    bodyLimit: BODY_LIMIT,
    routes: [...orderRoutes, ...reportRoutes, ...claimRoutes(desk)].map((route) => served(world, route)),
    actions: orderProtectionActions(methods),
    faults: new Faults(seededRandom(seed)),
    log: new RequestLog(now, options.log),
    statusReply: (status) => errorReply(answered(status)),
    failureReply: (error) =>
      errorReply(error instanceof OrderProtectionError ? error : new OrderProtectionError(500, String(error))),
    save: commit,
    courier,
  });
  webhooks.dispatch();
  return { ...simulator, ...methods };
}

/** What a fault switch or the server answers; a 429 asks for one second. */
const answered = (status: number): OrderProtectionError =>
  new OrderProtectionError(status, `Answered ${status} on purpose`, status === 429 ? { 'retry-after': '1' } : {});
