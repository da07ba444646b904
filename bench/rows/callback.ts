import { randomUUID } from 'node:crypto';
import { DEMO } from '../../sandbox/onboard';
import { type NewLedgerEntry } from '../../src/store/ledger';
import { type Store } from '../../src/store/store';
import { callerOn, type Call } from '../measure/http';
import { load } from '../measure/load';
import { type Row } from '../row';
import { startDoor, type Brand } from '../site/brand';
import { databasesOn } from '../site/database';
import { startBareRoute } from '../yardsticks/bare-route';
import { AGAINST_BARE_ROUTE, compared } from './compared';
import { SENDERS } from './webhook';

type Commanded = Pick<NewLedgerEntry, 'claimId' | 'resolutionId'>;

const AMOUNT = { amount: '28.62', currency: 'USD' };

/** Each answer is the first to a resolution that was commanded. The api process is alone, as for webhooks. */
export const callback: Row = {
  name: 'callback',
  what: 'answer to a callback, 16 backends at once',
  budgets: AGAINST_BARE_ROUTE,
  async prepare(site) {
    const calls = site.amount(5_000, 100);
    const commanded: Commanded[] = [];
    const database = await (await databasesOn(site))();
    const brand = await startDoor(site, database, async (store) => {
      for (let left = calls * site.rounds; left > 0; left -= SENDERS)
        commanded.push(...(await Promise.all(Array.from({ length: SENDERS }, () => command(store)))));
    });
    const bare = await startBareRoute(site, database);
    const call = callerOn(site);
    return async () => {
      const batch = commanded.splice(0, calls);
      const answerTo = (n: number): Call => answerOf(brand, batch[n] as Commanded);
      const theirs = await load({ callers: SENDERS, calls, call: (n) => call({ ...answerTo(n), url: bare }) });
      const ours = await load({ callers: SENDERS, calls, call: (n) => call(answerTo(n)) });
      return compared(ours, theirs);
    };
  },
};

/** Enters a resolution into the ledger, as the worker does before it sends the command. */
async function command({ ledger }: Store): Promise<Commanded> {
  const [claimId, resolutionId] = [randomUUID(), `res_${randomUUID().replaceAll('-', '').slice(0, 16)}`];
  const commandedAt = new Date().toISOString();
  const about = { brand: DEMO.brand, claimId };
  const data = {
    ...about,
    resolutionId,
    kind: 'refund',
    amount: AMOUNT,
    order: { sourceOrderId: 'BR-20417' },
    dueAt: commandedAt,
  };
  const body = JSON.stringify({ type: 'resolution.requested', timestamp: commandedAt, data });
  const entry = { ...about, source: 'order-protection', resolutionId, kind: 'refund', amount: AMOUNT } as const;
  await ledger.reserve({ ...entry, command: body, commandedAt }, { orderNames: [], lines: [] }, []);
  return { claimId, resolutionId };
}

function answerOf({ addresses, secrets }: Brand, { claimId, resolutionId }: Commanded): Call {
  return {
    method: 'PUT',
    url: `${addresses.api}/v1/brands/${addresses.brand}/claims/${claimId}/resolutions/${resolutionId}`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets.backendToken}` },
    body: JSON.stringify({ outcome: 'refunded', refundId: `rf_${resolutionId}`, ...AMOUNT }),
  };
}
