import { startKustomerSimulator, type KustomerSimulator } from '../../sandbox/kustomer/simulator';
import { KLAIM_PROPERTIES } from '../support/klaim-properties';
import { caller, type Answer, type Caller } from './caller';
import { stopLater } from './stop-later';

const KEY = 'kustomer-key-acme';
const mira = { name: 'Mira Castellan', emails: [{ email: 'Mira.C@shopper.example' }] };
const idOf = (answer: Answer): string => (answer.body as { data: { id: string } }).data.id;
const attributesOf = (answer: Answer) =>
  (answer.body as { data: { attributes: Record<string, unknown> } }).data.attributes;

let kustomer: KustomerSimulator;
let call: Caller;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-03-02T09:00:00.000Z');
  kustomer = stopLater(await startKustomerSimulator({ now: () => now }));
  await kustomer.seedOrg({ properties: KLAIM_PROPERTIES });
  call = caller(kustomer.url, KEY);
});

async function klaimOfMira(externalId = 'clm_1'): Promise<{ id: string; customer: string }> {
  const customer = idOf(await call('POST', '/v1/customers', mira));
  const made = await call('POST', `/v1/customers/${customer}/klasses/klaim`, { externalId, title: 'Damaged' });
  return { id: idOf(made), customer };
}

describe('customers', () => {
  test('one is found by e-mail in any case, by phone digits, and by external id', async () => {
    const id = idOf(
      await call('POST', '/v1/customers', { ...mira, externalId: 'shop/7', phones: [{ phone: '+1 312 555' }] }),
    );
    for (const path of ['email=MIRA.C%40shopper.example', 'phone=1312555', 'externalId=shop%2F7', id]) {
      expect(idOf(await call('GET', `/v1/customers/${path}`))).toBe(id);
    }
  });

  test('a second one with the same e-mail or external id is 409, unless duplicate e-mails are allowed', async () => {
    await call('POST', '/v1/customers', { ...mira, externalId: 'shop-7' });
    expect((await call('POST', '/v1/customers', mira)).status).toBe(409);
    expect((await call('POST', '/v1/customers', { externalId: 'shop-7' })).status).toBe(409);
    await kustomer.configure({ duplicateEmail: 'accept' });
    expect((await call('POST', '/v1/customers', mira)).status).toBe(201);
  });

  test('one merged away is 404, is resolved by its merges, and its Klaim follows with its id', async () => {
    const { id, customer } = await klaimOfMira();
    const target = await kustomer.addCustomer({ email: 'm@shopper.example' });
    await kustomer.mergeCustomers(customer, target);
    expect((await call('GET', `/v1/customers/${customer}`)).status).toBe(404);
    expect((await call('POST', `/v1/customers/${customer}/klasses/klaim`, { title: 'x' })).status).toBe(404);
    expect((await call('GET', `/v1/customers/${customer}/merges`)).body).toMatchObject({
      data: [{ relationships: { target: { data: { id: target } } } }],
    });
    expect(kustomer.klaims('clm_1')).toMatchObject([{ id, customerId: target }]);
    expect(idOf(await call('GET', '/v1/customers/email=mira.c@shopper.example'))).toBe(target);
  });
});

describe('KObjects', () => {
  test('a reply has the shape of real ones, quirks included', async () => {
    const { id, customer } = await klaimOfMira();
    expect((await call('GET', '/v1/klasses/klaim/externalId=clm_1')).body).toMatchObject({
      data: {
        type: 'kobject.klaim',
        id,
        attributes: { externalId: 'clm_1', title: 'Damaged', custom: {}, rev: 1 },
        relationships: { klass: { link: {}, data: { id: 'klaim' } }, customer: { data: { id: customer } } },
        links: { self: `/v1/klasses/klaims/${id}` },
      },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown key', { nonsense: 1 }, 'nonsense'],
    ['a customer', { customer: '68f000000000000000000001' }, 'customer'],
    ['a null description', { description: null }, 'description'],
    ['a null title', { title: null }, 'title'],
    ['a custom key without suffix', { custom: { status: 'New' } }, 'status'],
    ['a custom key without metadata', { custom: { colourStr: 'red' } }, 'colourStr'],
    ['a text of 1,025 characters', { custom: { claimDetailsTxt: 'é'.repeat(1_025) } }, 'custom.claimDetailsTxt'],
    ['a number as text', { custom: { resolutionAmountNum: '28.62' } }, 'custom.resolutionAmountNum'],
    ['a time that is none', { custom: { resolutionAt: 'yesterday' } }, 'custom.resolutionAt'],
  ])('an update with %s is 400 and names it', async (_what, body, parameter) => {
    const { id } = await klaimOfMira();
    const answer = await call('PUT', `/v1/klasses/klaim/${id}`, body);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ status: 400, source: { parameter } }] } });
  });

  test('1,024 code points are accepted, whatever their length in UTF-16', async () => {
    const { id } = await klaimOfMira();
    const body = { custom: { claimDetailsTxt: '📦'.repeat(1_024) } };
    expect((await call('PUT', `/v1/klasses/klaim/${id}`, body)).status).toBe(200);
  });

  test('a value outside an enumeration is 400', async () => {
    await call('PUT', '/v1/metadata/kobject.klaim', { properties: { statusStr: { enumeration: ['New'] } } });
    const { id } = await klaimOfMira();
    expect((await call('PUT', `/v1/klasses/klaim/${id}`, { custom: { statusStr: 'Odd' } })).status).toBe(400);
  });

  test('an update keeps what it leaves out, clears what is null, counts rev up and refuses a stale one', async () => {
    const { id } = await klaimOfMira();
    await call('PUT', `/v1/klasses/klaim/${id}`, { custom: { statusStr: 'New', typeStr: 'Damaged' } });
    const answer = await call('PUT', `/v1/klasses/klaim/${id}`, {
      rev: 2,
      custom: { typeStr: null, sourceStr: 'Karla' },
    });
    expect(attributesOf(answer)).toMatchObject({ title: 'Damaged', rev: 3 });
    expect(attributesOf(answer)['custom']).toEqual({ statusStr: 'New', sourceStr: 'Karla' });
    expect((await call('PUT', `/v1/klasses/klaim/${id}`, { rev: 2, title: 'Late' })).status).toBe(409);
  });

  test('custom replaces the whole when it is set so', async () => {
    const { id } = await klaimOfMira();
    await kustomer.configure({ custom: 'replace' });
    await call('PUT', `/v1/klasses/klaim/${id}`, { custom: { statusStr: 'New' } });
    const answer = await call('PUT', `/v1/klasses/klaim/${id}`, { custom: { typeStr: 'Damaged' } });
    expect(attributesOf(answer)['custom']).toEqual({ typeStr: 'Damaged' });
  });

  test('a duplicate externalId makes a second Klaim and the older is read; 409 when it is set so', async () => {
    const { id, customer } = await klaimOfMira();
    const again = { externalId: 'clm_1', title: 'Again' };
    expect((await call('POST', `/v1/customers/${customer}/klasses/klaim`, again)).status).toBe(201);
    expect(kustomer.klaims('clm_1')).toHaveLength(2);
    expect(idOf(await call('GET', '/v1/klasses/klaim/externalId=clm_1'))).toBe(id);
    await kustomer.configure({ duplicateExternalId: 'conflict' });
    expect((await call('POST', '/v1/klasses/klaim', again)).status).toBe(409);
  });

  test('a lagging read shows what was there before', async () => {
    await kustomer.configure({ readLagMs: 2_000 });
    const { id } = await klaimOfMira();
    expect((await call('GET', '/v1/klasses/klaim/externalId=clm_1')).status).toBe(404);
    now += 2_000;
    await call('PUT', `/v1/klasses/klaim/${id}`, { title: 'Resolved' });
    expect(attributesOf(await call('GET', '/v1/klasses/klaim/externalId=clm_1'))).toMatchObject({ title: 'Damaged' });
    now += 2_000;
    expect(attributesOf(await call('GET', '/v1/klasses/klaim/externalId=clm_1'))).toMatchObject({ title: 'Resolved' });
  });

  test('each write is told of as it happens, until the watcher has seen enough', async () => {
    const seen: string[] = [];
    const unwatch = kustomer.watch(({ what, externalId }) => void seen.push(`${what} ${externalId}`));
    const { id } = await klaimOfMira();
    await call('PUT', `/v1/klasses/klaim/${id}`, { title: 'Resolved' });
    unwatch();
    await kustomer.deleteKlaim(id);
    expect(seen).toEqual(['create clm_1', 'update clm_1']);
  });

  test('agents move, edit and delete behind the back of a client, and every write is on record', async () => {
    const { id } = await klaimOfMira();
    const other = await kustomer.addCustomer({ email: 'other@shopper.example' });
    await kustomer.moveKlaim({ id, customerId: other });
    await kustomer.editKlaim({ id, changes: { title: 'Seen to' } });
    expect(kustomer.klaims('clm_1')).toMatchObject([{ customerId: other, title: 'Seen to', rev: 2 }]);
    await kustomer.deleteKlaim(id);
    expect((await call('GET', `/v1/klasses/klaim/${id}`)).status).toBe(404);
    expect(kustomer.writes('clm_1').map(({ what, by }) => `${what} ${by}`)).toEqual([
      'create Key acme',
      'move agent',
      'update agent',
      'delete agent',
    ]);
  });
});

describe('Klasses and metadata', () => {
  test('a Klass is made with 200, is listed by its status, is taken only once, and writes to a disabled one are 400', async () => {
    const id = idOf(await call('POST', '/v1/klasses', { name: 'parcel' }));
    expect((await call('POST', '/v1/klasses', { name: 'parcel' })).status).toBe(409);
    expect((await call('PUT', `/v1/klasses/${id}`, { status: 'disabled' })).status).toBe(200);
    expect((await call('GET', '/v1/klasses?status=disabled')).body).toMatchObject({ data: [{ id }] });
    expect((await call('POST', '/v1/klasses/parcel', { title: 'x' })).status).toBe(400);
    expect((await call('PUT', '/v1/klasses/parcel', { status: 'enabled' })).status).toBe(404);
  });

  test('metadata merges by name, derives the type from the suffix and refuses a name without one', async () => {
    await call('PUT', '/v1/metadata/kobject.klaim', { properties: { colourStr: {} } });
    const { properties } = attributesOf(await call('GET', '/v1/metadata/kobject.klaim')) as { properties: object };
    expect(properties).toMatchObject({ colourStr: { displayName: 'Colour', type: 'string' }, statusStr: {} });
    expect((await call('PUT', '/v1/metadata/kobject.klaim', { properties: { colour: {} } })).status).toBe(400);
    expect((await call('PUT', '/v1/metadata/kobject.other', { properties: {} })).status).toBe(404);
  });
});

describe('keys, limits and errors', () => {
  test('no key and a revoked key are 401, a missing role is 403, or 401 when set so', async () => {
    expect((await caller(kustomer.url, 'wrong')('GET', '/v1/klasses')).status).toBe(401);
    await kustomer.addKey({ org: 'acme', apiKey: 'narrow', roles: ['org.permission.klass'] });
    const narrow = caller(kustomer.url, 'narrow');
    expect((await narrow('GET', '/v1/klasses')).status).toBe(200);
    expect((await narrow('GET', '/v1/customers/email=a@b.c')).status).toBe(403);
    expect((await narrow('GET', '/v1/auth/tokens/current')).body).toMatchObject({
      data: { attributes: { roles: ['org.permission.klass'] } },
    });
    await kustomer.configure({ missingRole: 401 });
    expect((await narrow('GET', '/v1/customers/email=a@b.c')).status).toBe(401);
    await kustomer.revokeKey(KEY);
    expect((await call('GET', '/v1/klasses')).status).toBe(401);
  });

  test('the budget of a minute is told in headers, shared by the keys of an org, and 429 names its end', async () => {
    await kustomer.drainBudget('acme', 999);
    expect((await call('GET', '/v1/klasses')).headers).toMatchObject({
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': '0',
    });
    const over = await call('GET', '/v1/klasses');
    expect(over).toMatchObject({ status: 429, body: { errors: [{ code: 'too_many_requests', meta: {} }] } });
    expect(over.headers['x-ratelimit-reset']).toBe(String((now + 60_000) / 1_000));
    now += 60_000;
    expect((await call('GET', '/v1/klasses')).status).toBe(200);
  });

  test('too many updates of one object are 429 while the budget is positive', async () => {
    await kustomer.configure({ updatesPerObjectAndMinute: 1 });
    const { id } = await klaimOfMira();
    await call('PUT', `/v1/klasses/klaim/${id}`, { title: 'One' });
    const answer = await call('PUT', `/v1/klasses/klaim/${id}`, { title: 'Two' });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['x-ratelimit-remaining'])).toBeGreaterThan(0);
  });

  test('a body over 100 kB is 413, one that is not JSON 400, and errors take the older shape when set so', async () => {
    expect((await call('POST', '/v1/customers', { name: 'x'.repeat(100_000) })).status).toBe(413);
    expect((await call('POST', '/v1/customers', '{')).status).toBe(400);
    await kustomer.configure({ errorShape: 'A' });
    expect((await call('GET', '/v1/customers/email=a@b.c')).body).toEqual({
      errors: [{ code: 'not_found', message: 'Not Found', meta: {} }],
    });
  });
});
