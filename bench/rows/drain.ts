import { randomBytes, randomUUID } from 'node:crypto';
import { type Client } from '@temporalio/client';
import { DEMO } from '../../sandbox/onboard';
import { SIGNALS } from '../../src/claims/messages';
import { createDispatcher, PACE } from '../../src/intake/dispatcher';
import { type SignalClaim } from '../../src/intake/signal-claim';
import { createLog } from '../../src/log';
import { sealFor } from '../../src/service';
import { type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { lazyClient } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/data-converter';
import { createSignalClaim } from '../../src/temporal/signal-claim';
import { load, WARM_UP } from '../measure/load';
import { webhookBody } from '../measure/webhooks';
import { type Row } from '../row';
import { databasesOn } from '../site/database';
import { clientOn, temporalOn } from '../site/temporal';

/** The first event of a claim starts its workflow, and three more come while that runs. */
const EVENTS_PER_CLAIM = 4;
/** Claims that are told of in turn. */
const IN_TURN = 64;

interface Event {
  id: string;
  claimId: string;
  topic: 'claim.created' | 'message.created';
  body: string;
}

/** The way into Temporal: no worker runs, neither for the product's workflows nor for the bare ones. */
export const drain: Row = {
  name: 'drain',
  what: 'a backlog of stored deliveries into Temporal',
  budgets: [{ of: 'rate ÷ bare signals', atLeast: 0.9 }],
  async prepare(site) {
    const masterKey = randomBytes(32).toString('base64');
    const database = await (await databasesOn(site))();
    const store = await database.open(masterKey);
    const address = await temporalOn(site);
    const bareClient = await clientOn(site, address);
    const seal = sealFor(createVault([Buffer.from(masterKey, 'base64')]), createLog('error'));
    const client = lazyClient({ connectionOptions: { address } }, createDataConverter(seal));
    site.keep({ stop: () => client.connection.close() });
    const events = site.amount(1_500, 4 * EVENTS_PER_CLAIM);
    return async () => {
      const bare = await load({
        callers: PACE.concurrency,
        calls: events,
        call: bareSignals(bareClient, backlog(events)),
      });
      await fill(store, backlog(events));
      const ours = await rateOfDraining(store, createSignalClaim(client), events);
      return { 'rate ÷ bare signals': ours / bare.rate, 'deliveries/s': ours, 'bare signals/s': bare.rate };
    };
  },
};

function backlog(events: number): Event[] {
  const claimIds = Array.from({ length: Math.ceil(events / EVENTS_PER_CLAIM) }, () => randomUUID());
  return Array.from({ length: events }, (_, n) => {
    const [block, place] = [Math.floor(n / (IN_TURN * EVENTS_PER_CLAIM)), n % (IN_TURN * EVENTS_PER_CLAIM)];
    const claimId = claimIds[(block * IN_TURN + (place % IN_TURN)) % claimIds.length] ?? '';
    const topic = place < IN_TURN ? 'claim.created' : 'message.created';
    return { id: randomUUID(), claimId, topic, body: webhookBody(topic, claimId) };
  });
}

const bareSignals =
  (client: Client, events: readonly Event[]) =>
  async (n: number): Promise<void> => {
    const { claimId, body } = events[n] as Event;
    const start = { workflowId: `bare:${claimId}`, taskQueue: 'bare', args: [{ claimId }] };
    const signalArgs = [JSON.parse(body) as unknown];
    await client.workflow.signalWithStart('bareWorkflow', { ...start, signal: SIGNALS.messagePosted, signalArgs });
  };

async function fill({ deliveries }: Store, events: readonly Event[]): Promise<void> {
  const about = { brand: DEMO.brand, source: 'order-protection', status: 'pending', error: null } as const;
  for (const { id, claimId, topic, body } of events)
    await deliveries.record({ ...about, topic, dedupeKey: id, claimId, body });
}

/** Deliveries per second from the end of the warm-up to the last one. */
async function rateOfDraining(store: Store, temporal: SignalClaim, events: number): Promise<number> {
  const warmUp = Math.floor(events * WARM_UP);
  let [count, since] = [0, 0];
  let drained = (): void => undefined;
  const end = new Promise<void>((resolve) => (drained = resolve));
  const deliveries: Store['deliveries'] = {
    ...store.deliveries,
    async delivered(deliveryId, claimId) {
      await store.deliveries.delivered(deliveryId, claimId);
      count += 1;
      if (count === warmUp) since = performance.now();
      if (count === events) drained();
    },
  };
  const dispatcher = createDispatcher({
    store: { deliveries },
    temporal,
    log: createLog('error'),
    metrics: { dispatched: () => undefined },
  });
  dispatcher.start();
  await end;
  const seconds = (performance.now() - since) / 1_000;
  await dispatcher.stop();
  return (events - warmUp) / seconds;
}
