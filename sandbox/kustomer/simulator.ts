import { Faults } from '../http/faults';
import { seededRandom } from '../http/random';
import { RequestLog } from '../http/request-log';
import type { Reply } from '../http/route';
import { startSimulator, type Simulator, type SimulatorOptions } from '../http/simulator';
import { keepState } from '../http/state-file';
import { kustomerActions } from './actions';
import { budgetHeaders, served } from './call';
import { mergeRoutes } from './customer-merges';
import { customerRoutes } from './customers';
import { errorReply, KustomerError } from './errors';
import { klassRoutes } from './klasses';
import { kobjectRoutes } from './kobjects';
import { metadataRoutes } from './metadata';
import { kustomerMethods, type KustomerMethods } from './methods';
import { Windows } from '../http/windows';
import { DEFAULT_SETTINGS, type KustomerChange } from './settings';
import { freshState, revived } from './saved-state';
import { tokenRoutes } from './tokens';
import type { World } from './world';

/** Kustomer's cap for most endpoints is 100 kB (Kustomer, "Errors"). */
const BODY_LIMIT = 100_000;
/** Merges come before customers: `/v1/customers/merges/{id}` would else be read as a customer. */
const ROUTES = [...tokenRoutes, ...mergeRoutes, ...customerRoutes, ...klassRoutes, ...metadataRoutes, ...kobjectRoutes];

export interface KustomerOptions extends SimulatorOptions {
  readonly settings?: KustomerChange;
}

export type KustomerSimulator = Simulator & KustomerMethods;

/** A stateful stand-in for Kustomer's REST API. What is known of the real one and what is our choice: sandbox/README.md. */
export async function startKustomerSimulator(options: KustomerOptions = {}): Promise<KustomerSimulator> {
  const now = options.now ?? Date.now;
  const { state, save } = await keepState(options.stateFile, freshState, revived);
  const world: World = { state, settings: DEFAULT_SETTINGS, windows: new Windows(now), now, watchers: new Set() };
  const methods = kustomerMethods(world, save);
  await methods.configure(options.settings ?? {});
  const simulator = await startSimulator({
    name: 'Kustomer',
    port: options.port ?? 0,
    bodyLimit: BODY_LIMIT,
    routes: ROUTES.map((route) => served(world, route)),
    actions: kustomerActions(methods),
    faults: new Faults(seededRandom(options.seed ?? 1)),
    log: new RequestLog(now, options.log),
    statusReply: (status) => statusReply(world, status),
    failureReply: (error) => failureReply(world, error),
    save,
  });
  return { ...simulator, ...methods };
}

/** What a fault switch or the server answers: a 429 names the next second as the end of the window, so that a test need not wait a minute. */
function statusReply(world: World, status: number): Reply {
  const error = new KustomerError(status, status === 429 ? 'Too many requests.' : `Answered ${status} on purpose.`);
  const limit = 1_000;
  error.headers = budgetHeaders(world, limit, {
    allowed: status !== 429,
    remaining: status === 429 ? 0 : limit,
    resetAt: world.now() + 1_000,
  });
  return errorReply(error, world.settings.errorShape);
}

function failureReply(world: World, error: unknown): Reply {
  const known = error instanceof KustomerError ? error : new KustomerError(500, String(error));
  return errorReply(known, world.settings.errorShape);
}
