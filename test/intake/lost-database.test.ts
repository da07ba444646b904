import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../sandbox/claims/until';
import { SECRET, startApi, type RunningApi } from '../api/running-api';
import { onPostgres, ownPostgresServer } from '../support/databases';
import { onSmallDisk } from '../support/small-disk';

const SENDERS = 16;
const EACH = 40;

/** What senders heard. */
interface Heard {
  /** The ids that were answered with 200, by the event that they were for. */
  stored: Map<string, string>;
  refused: number;
  cut: number;
}

/** Sends events, each until it is answered with 200, as Order Protection and Karla do. */
async function sendAll(api: RunningApi, sender: number, heard: Heard): Promise<void> {
  for (let n = 0; n < EACH; n++) {
    const id = `event-${sender}-${n}`;
    // Does not shrink, so that it needs room.
    const note = randomBytes(6_000).toString('base64');
    const json = { id, topic: 'claim.created', body: { claim_id: `claim-${sender}`, n, note } };
    while (!heard.stored.has(id)) {
      const answer = await api
        .ask('POST', '/webhooks/order-protection/acme', { json, headers: { 'x-webhook-secret': SECRET } })
        .catch(() => null);
      if (answer === null) heard.cut++;
      else if (answer.status === 200) heard.stored.set(id, String(answer.json['deliveryId']));
      else {
        expect([answer.status, answer.json['type']]).toEqual([503, '/problems/not-stored']);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        heard.refused++;
        // A real sender waits as long as it is told; here the outage is short.
        await wait(20);
      }
    }
  }
}

async function idsInLog(api: RunningApi): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await api.store.deliveries.list('acme', cursor === undefined ? {} : { cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids.sort();
}

/** Sixteen senders while the database is lost and comes back: each event is stored once, and nothing else was ever answered with 200. */
async function outage(api: RunningApi, lose: () => Promise<void>, bringBack: () => Promise<void>): Promise<void> {
  const heard: Heard = { stored: new Map(), refused: 0, cut: 0 };
  const sending = Promise.all(Array.from({ length: SENDERS }, (_, sender) => sendAll(api, sender, heard)));
  // A test that fails in between shall say why.
  sending.catch(() => undefined);
  const failing = sending.then(() => null);
  const seen = (what: string, look: () => boolean): Promise<unknown> =>
    Promise.race([failing, until(what, () => Promise.resolve(look()))]);

  await seen('senders at work', () => heard.stored.size > SENDERS);
  await lose();
  const before = new Map(heard.stored);
  await seen('senders that are refused', () => heard.refused + heard.cut > 4 * SENDERS);
  await bringBack();
  // What was answered with 200 before the loss is there after it.
  expect(await idsInLog(api)).toEqual(expect.arrayContaining([...before.values()]));
  await sending;
  expect(await idsInLog(api)).toEqual([...heard.stored.values()].sort());
  expect(heard.stored.size).toBe(SENDERS * EACH);
}

const unmounts: (() => void)[] = [];
afterAll(() => unmounts.forEach((unmount) => unmount()));

onPostgres((kind) => {
  let api: RunningApi;
  beforeEach(async () => {
    api = await startApi(kind);
    await api.newBrand('acme');
  });
  afterEach(() => api.stop());

  test('a database that is killed under load: senders hear 503 or nothing, and each event is stored once', async () => {
    const server = await ownPostgresServer();
    if (server === null) return;
    await outage(api, server.stop, server.start);
  });

  test('a disk that is full: senders hear 503, and each event is stored once when there is room again', async () => {
    const server = await ownPostgresServer();
    const disk = server && (await onSmallDisk(server, api.database, 'deliveries'));
    if (disk === null) return;
    unmounts.push(disk.unmount);
    await outage(
      api,
      async () => disk.fill(),
      async () => disk.free(),
    );
    expect(api.log.join('')).toContain('No space left on device');
  });
});
