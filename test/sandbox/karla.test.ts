import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { controlClient } from '../../sandbox/http/control';
import type { KarlaActions } from '../../sandbox/karla/actions';
import { startKarlaSimulator, type KarlaSimulator } from '../../sandbox/karla/simulator';
import { RETRY_SCHEDULE } from '../../sandbox/karla/webhooks';
import { startReceiver, type Receiver, type Received } from './receiver';
import { until } from './until';
import { stopLater } from './stop-later';

const SECRET = 'kwh_demo_0f3c9a7d51e24b68';

/** As Karla does it, without its pauses. */
const SOON = { ...RETRY_SCHEDULE, afterMs: RETRY_SCHEDULE.afterMs.map(() => 1) };

let karla: KarlaSimulator;
let hook: Receiver;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-03-02T09:14:07.250Z');
  hook = stopLater(await startReceiver());
  karla = stopLater(await startKarlaSimulator({ now: () => now, retrySchedule: SOON }));
  await karla.seedShop({ webhook: { url: `${hook.url}/hook`, secret: SECRET } });
});

const event = ({ raw }: Received) => JSON.parse(raw) as { ref: string; event_data: Record<string, unknown> };

/** By Karla's own description of its header, not by the simulator's code. */
function isSigned({ headers, raw }: Received, secret: string): boolean {
  const [, time, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['karla-signature'])) ?? [];
  return createHmac('sha256', secret).update(`${time}.${raw}`).digest('hex') === digest;
}

test('a filed claim is told in the envelope of Karla, signed over the body', async () => {
  const claimId = await karla.fileClaim({ orderNumber: '10482', items: [{ sku: 'MUG-4', title: 'Mug set' }] });
  await until(() => hook.received.length === 1);
  const [received] = hook.received as [Received];
  expect(isSigned(received, SECRET)).toBe(true);
  expect(String(received.headers['karla-signature'])).toMatch(/^t=1772442847,/);
  expect(event(received)).toMatchObject({
    source: 'claims',
    ref: 'claims/created',
    event_group: 'claim_created',
    triggered_at: '2026-03-02T09:14:07+00:00',
    event_data: {
      claim_id: claimId,
      status: 'pending',
      selected_items: [{ sku: 'MUG-4', title: 'Mug set', quantity: 1 }],
    },
    context: { order: { order_number: '10482' }, customer: { email: 'mira.k@example.test' } },
    shop_slug: 'nordlicht',
  });
});

test('every change is claims/updated with a later version, even within one millisecond', async () => {
  const claimId = await karla.fileClaim();
  await karla.changeClaim(claimId, { status: 'accepted' });
  await karla.changeClaim(claimId, { description: 'All of them' });
  await until(() => hook.received.length === 3);
  const updates = hook.received.map(event).filter(({ ref }) => ref === 'claims/updated');
  const versions = updates.map(({ event_data }) => String(event_data['updated_at'])).sort();
  expect(new Set([...versions, karla.claims()[0]?.createdAt]).size).toBe(3);
  expect(updates.map(({ event_data }) => event_data['status'])).toEqual(['accepted', 'accepted']);
});

test('anything but 200 is repeated with the same body, signed anew, and given up in the end', async () => {
  hook.answers.push(500, 204, 503, 401, 500, 500);
  await karla.fileClaim();
  await until(() => karla.deliveries()[0]?.state === 'givenUp');
  expect(new Set(hook.received.map(({ raw }) => raw)).size).toBe(1);
  expect(karla.deliveries()[0]?.attempts.map(({ answer }) => answer)).toEqual([500, 204, 503, 401, 500, 500]);
  expect(hook.received.every((received) => isSigned(received, SECRET))).toBe(true);
});

test('webhooks are doubled, dropped, held and let go in another order, and one may be forged', async () => {
  await karla.configure({ holdWebhooks: true, duplicates: 1 });
  const claimId = await karla.fileClaim();
  await karla.changeClaim(claimId, { status: 'rejected' });
  expect(hook.received).toEqual([]);
  await karla.releaseWebhooks('reverse');
  await until(() => hook.received.length === 4);
  await karla.configure({ holdWebhooks: false, duplicates: 0, dropChance: 1 });
  await karla.changeClaim(claimId, { status: 'closed' });
  expect(karla.deliveries(claimId).at(-1)?.state).toBe('dropped');
  await karla.configure({ dropChance: 0 });
  await karla.sendWebhook({ body: 'not json', secret: 'the-secret-of-another' });
  await until(() => hook.received.length === 5);
  const forged = hook.received.find(({ raw }) => raw === 'not json');
  expect(forged !== undefined && isSigned(forged, SECRET)).toBe(false);
});

test('it is driven from another process too, and its fault switches are those of all simulators', async () => {
  const client = controlClient<KarlaActions>(karla.url);
  const claimId = await client.fileClaim({ preference: 'reorder' });
  await client.changeClaim({ claimId, status: 'accepted' });
  expect(await client.claims({})).toMatchObject([{ claimId, status: 'accepted', preference: 'reorder' }]);
  await client.down({});
  await expect(fetch(`${karla.url}/v1/shops/nordlicht/claims`)).rejects.toThrow();
  await client.up({});
  expect((await fetch(`${karla.url}/v1/shops/nordlicht/claims`)).status).toBe(404);
});

test('what was not delivered is delivered after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'karla-'));
  const stateFile = join(folder, 'karla.json');
  const first = stopLater(await startKarlaSimulator({ stateFile }));
  await first.seedShop({ webhook: { url: hook.url, secret: SECRET } });
  await first.configure({ holdWebhooks: true });
  const claimId = await first.fileClaim();
  await first.stop();
  const second = stopLater(await startKarlaSimulator({ stateFile }));
  expect(second.claims()).toMatchObject([{ claimId }]);
  await second.releaseWebhooks();
  await until(() => hook.received.length === 1);
  await rm(folder, { recursive: true });
});
