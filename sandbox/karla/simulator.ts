import { Courier } from '../http/courier';
import { Faults } from '../http/faults';
import { seededRandom } from '../http/random';
import { RequestLog } from '../http/request-log';
import { type RetrySchedule } from '../http/retry-schedule';
import { startSimulator, type Simulator, type SimulatorOptions } from '../http/simulator';
import { keepState } from '../http/state-file';
import { karlaActions } from './actions';
import { karlaMethods, type KarlaMethods } from './methods';
import { DEFAULT_SETTINGS, type KarlaChange } from './settings';
import { freshState } from './state';
import { RETRY_SCHEDULE, Webhooks } from './webhooks';
import type { World } from './world';

export interface KarlaOptions extends SimulatorOptions {
  readonly settings?: KarlaChange;
  /** How webhooks are repeated; after 10 s, 1 min, 5 min, 30 min and 2 h unless said. */
  readonly retrySchedule?: RetrySchedule;
}

export type KarlaSimulator = Simulator & KarlaMethods;

/** A stateful stand-in for Karla's claims and webhooks. It serves nothing but `/_control`: Claimkeeper asks Karla nothing. */
export async function startKarlaSimulator(options: KarlaOptions = {}): Promise<KarlaSimulator> {
  const now = options.now ?? Date.now;
  const random = seededRandom(options.seed ?? 1);
  const { state, save } = await keepState(options.stateFile, freshState);
  const world: World = { state, settings: DEFAULT_SETTINGS, random, now };
  const courier = new Courier();
  const webhooks = new Webhooks(world, courier, options.retrySchedule ?? RETRY_SCHEDULE, save);
  const commit = async (): Promise<void> => {
    await save();
    webhooks.dispatch();
  };
  const methods = karlaMethods(world, webhooks, commit);
  await methods.configure(options.settings ?? {});
  const simulator = await startSimulator({
    name: 'Karla',
    port: options.port ?? 0,
    bodyLimit: 1_048_576,
    routes: [],
    actions: karlaActions(methods),
    faults: new Faults(random),
    log: new RequestLog(now, options.log),
    statusReply: (status) => ({ status, body: { errors: [], message: `answered ${status}`, type: 'api_error' } }),
    failureReply: (error) => ({ status: 500, body: { errors: [], message: String(error), type: 'api_error' } }),
    save: commit,
    courier,
  });
  webhooks.dispatch();
  return { ...simulator, ...methods };
}
