import { API_KEY, failureOf, klaimIn, MIRA, oneAtATime, openDesk, type Desk } from './desk';

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.kustomer.stop());

test('the first state of a claim makes its Klaim under a customer made from the trimmed, lower-cased e-mail', async () => {
  const customer = {
    email: '  Mira.C@Shopper.Example ',
    externalId: 'shop/7',
    name: 'Mira Castellan',
    phone: '+1 (312) 555-0142',
  };
  const synced = await desk.sync({ customer });
  const klaim = desk.theKlaim();
  expect(synced).toEqual({
    klaimId: klaim.id,
    customerId: klaim.customerId,
    matchedBy: 'created',
    removedDuplicates: [],
  });
  expect(klaim).toMatchObject({ externalId: 'clm_1', title: 'Damaged – order #20417', custom: { statusStr: 'New' } });
  expect(desk.kustomer.customers()).toMatchObject([
    {
      id: klaim.customerId,
      name: 'Mira Castellan',
      externalId: 'shop/7',
      emails: [{ type: 'home', email: 'mira.c@shopper.example' }],
      phones: [{ type: 'mobile', phone: '+13125550142' }],
    },
  ]);
});

test('a later state is one update of the same Klaim, with the revision that was read and without any customer', async () => {
  const { klaimId, customerId } = await desk.sync();
  const before = desk.calls().length;
  const again = await desk.sync({ klaim: klaimIn('Approved'), known: { klaimId, customerId } });
  expect(again).toEqual({ klaimId, customerId, matchedBy: 'existing', removedDuplicates: [] });
  expect(desk.calls().slice(before)).toEqual([
    'GET /klasses/klaim/externalId=clm_1',
    `PUT /klasses/klaim/${klaimId}`,
    `GET /customers/${customerId}/klasses/klaim?page=1&pageSize=100`,
  ]);
  const [put] = desk.kustomer.requests({ method: 'PUT' });
  expect(put?.body).toEqual({ ...klaimIn('Approved'), data: { claimkeeperAsOf: expect.any(String) }, rev: 1 });
  expect(desk.theKlaim()).toMatchObject({ custom: { statusStr: 'Approved' }, rev: 2 });
});

test.each(['merge', 'replace'] as const)(
  'every write is the whole state, so nothing old stays where Kustomer would %s',
  async (custom) => {
    await desk.kustomer.configure({ custom });
    await desk.sync({ klaim: klaimIn('Approved', { custom: { statusStr: 'Approved', resolutionAmountNum: 28.62 } }) });
    await desk.sync({
      klaim: {
        title: 'Closed',
        description: '',
        images: [],
        custom: { statusStr: 'Closed', resolutionAmountNum: null },
      },
    });
    const { title, description, images, custom: attributes } = desk.theKlaim();
    expect({ title, description, images, attributes }).toEqual({
      title: 'Closed',
      description: '',
      images: [],
      attributes: { statusStr: 'Closed' },
    });
  },
);

test('a customer who is there is found by e-mail, else by external id, and is never written to', async () => {
  const byEmail = await desk.kustomer.addCustomer({ email: MIRA.email ?? '' });
  expect(await desk.sync({ claimId: 'a' })).toMatchObject({ customerId: byEmail, matchedBy: 'email' });
  const made = await desk.sync({
    claimId: 'b',
    customer: { ...MIRA, email: 'ana@shopper.example', externalId: 'shop-9' },
  });
  const moved = { ...MIRA, email: 'ana@new.example', externalId: 'shop-9', name: 'Ana' };
  expect(await desk.sync({ claimId: 'c', customer: moved })).toMatchObject({
    customerId: made.customerId,
    matchedBy: 'externalId',
  });
  const written = desk.kustomer
    .requests({ path: '^/v1/customers' })
    .filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));
  expect(written).toEqual([]);
});

test('somebody with the same phone is somebody else', async () => {
  const phone = '+13125550142';
  const first = await desk.sync({ claimId: 'a', customer: { ...MIRA, phone } });
  const second = await desk.sync({ claimId: 'b', customer: { ...MIRA, email: 'tom@shopper.example', phone } });
  expect(second.customerId).not.toBe(first.customerId);
  expect(desk.calls().filter((call) => call.includes('phone='))).toEqual([]);
});

test('ids and addresses with signs that mean something in an address reach Kustomer unchanged', async () => {
  const customer = { ...MIRA, email: 'mira+box/1#a?b%@shopper.example', externalId: 'gid://shop/Customer/7?x=1#y' };
  const claimId = 'clm/9+a b#c?d%é😀=';
  const first = await desk.sync({ claimId, customer });
  expect(first.matchedBy).toBe('created');
  expect(await desk.sync({ claimId, customer })).toMatchObject({ klaimId: first.klaimId, matchedBy: 'email' });
  expect(await desk.sync({ claimId: 'other', customer })).toMatchObject({
    customerId: first.customerId,
    matchedBy: 'email',
  });
  expect(desk.theKlaim(claimId).externalId).toBe(claimId);
});

test('an existing Klaim is updated without any customer being known', async () => {
  await desk.sync();
  const unknown = { email: null, externalId: null, name: null, phone: null };
  const synced = await desk.sync({ klaim: klaimIn('Denied'), customer: unknown });
  expect(synced).toMatchObject({ matchedBy: 'existing', customerId: desk.theKlaim().customerId });
  expect(desk.theKlaim().custom['statusStr']).toBe('Denied');
});

test.each([
  ['nothing', null],
  ['blanks', '  '],
])(
  'a claim without a Klaim and with %s for an e-mail is refused in words, and nothing is written',
  async (_what, email) => {
    const failure = await failureOf(
      desk.sync({ customer: { email, externalId: '', name: 'Mira', phone: '+13125550142' } }),
    );
    expect(failure.kind).toBe('rejected');
    expect(failure.message).toContain('neither e-mail nor external id');
    expect(desk.kustomer.requests({ method: 'POST' })).toEqual([]);
  },
);

test('a Klaim of a customer with hundreds of claims is found among them', async () => {
  const claims = Array.from({ length: 119 }, (_, index) => `old-${index}`);
  for (const claimId of claims) await desk.sync({ claimId });
  const synced = await desk.sync({ claimId: 'new' });
  expect(synced).toMatchObject({ matchedBy: 'email', removedDuplicates: [] });
  const listed = desk.calls().filter((call) => call.includes('page=2'));
  expect(listed.length).toBeGreaterThan(0);
});

test('the lease is held under a key that names the org and not the address', async () => {
  const keys: string[] = [];
  const inTurn = oneAtATime();
  const watched = await openDesk({
    lease: (key, seconds, work) => {
      keys.push(key);
      return inTurn(key, seconds, work);
    },
  });
  await watched.sync();
  await watched.sync({ claimId: 'clm_2', customer: { ...MIRA, email: ` ${MIRA.email?.toUpperCase()}` } });
  await watched.sync({ claimId: 'clm_3', customer: { ...MIRA, email: 'tom@shopper.example' } });
  await watched.kustomer.stop();
  expect(keys).toHaveLength(2);
  for (const key of keys) expect(key).toMatch(/^kustomer-customer:acme:[0-9a-f]{64}$/);
  expect(new Set(keys).size).toBe(2);
  expect(keys.join(' ')).not.toContain(API_KEY);
});
