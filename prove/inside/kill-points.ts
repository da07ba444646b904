import * as signalClaim from '../../src/temporal/signal-claim';
import * as http from '../../src/integrations/http';
import * as store from '../../src/store/store';
import { type KillPoint } from '../plan/kill-points';
import { dieIfAt } from './die';
import { changed, replace } from './replace';

const COMMITTED: Readonly<Record<string, KillPoint>> = {
  kustomer: 'Kustomer has committed',
  'brand-backend': 'the brand has committed',
  'order-protection': 'Order Protection has committed',
};

/** Has this process look, at each of the named points, whether it is to die there. */
export function installKillPoints(killFile: string): void {
  const passes = (point: KillPoint): void => dieIfAt(killFile, point);
  /** Between `call` and whatever its caller does next. */
  const after =
    <A extends unknown[], R>(point: KillPoint, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await call(...args);
      passes(point);
      return result;
    };
  const before =
    <A extends unknown[], R>(point: KillPoint, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      passes(point);
      return call(...args);
    };

  replace(store, 'createStore', (create) => (database, vault) => {
    const built = create(database, vault);
    return {
      ...built,
      deliveries: changed(built.deliveries, ({ record }) => ({
        record: after('webhook stored, not answered', before('webhook in, not stored', record)),
      })),
      ledger: changed(built.ledger, ({ accept, reserve, sent, reported }) => ({
        accept: after('callback stored, not answered', accept),
        reserve: after('command in the ledger, not sent', reserve),
        sent: before('command sent, not recorded', sent),
        reported: before('answer reported, not recorded', reported),
      })),
    };
  });
  replace(
    signalClaim,
    'createSignalClaim',
    (create) => (client) =>
      changed(create(client), ({ signalEvent, signalCompletion }) => ({
        signalEvent: after('delivery signalled, not recorded', before('delivery leased, not signalled', signalEvent)),
        signalCompletion: after(
          'delivery signalled, not recorded',
          before('delivery leased, not signalled', signalCompletion),
        ),
      })),
  );
  replace(http, 'createHttp', (create) => (dispatcher) => {
    const call = create(dispatcher);
    return async (request) => {
      const reply = await call(request);
      const point = COMMITTED[request.partner];
      if (request.method !== 'GET' && point !== undefined) passes(point);
      return reply;
    };
  });
}
