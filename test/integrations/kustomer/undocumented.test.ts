import { type KustomerChange } from '../../../sandbox/kustomer/settings';
import { KLAIM_PROPERTIES } from '../../support/klaim-properties';
import { failureOf, klaimIn, MIRA, withDesk, type Desk } from './desk';

/**
 * Where Kustomer's documentation is silent: what the simulator chooses, and what the client does about it. The same for bringing an
 * org on: provision/undocumented.test.ts. Of hooks and workflows, about which much is silent too, nothing is used.
 */
type Row = [choice: string, client: string, settings: KustomerChange, act: (desk: Desk) => Promise<void>];

const OPEN = klaimIn('Open');
const bodies = (desk: Desk, method: string, path: string) =>
  desk.kustomer.requests({ method, path }).map(({ body }) => body as Record<string, unknown>);
const races = (desk: Desk) =>
  desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.sync({ klaim: klaimIn('Theirs') }));
const twoStates = async (desk: Desk): Promise<void> => {
  await desk.sync({ klaim: klaimIn('New', { custom: { statusStr: 'New', resolutionAmountNum: 5 } }) });
  await desk.sync({ klaim: klaimIn('Open', { images: [], custom: { statusStr: 'Open', resolutionAmountNum: null } }) });
  expect(desk.theKlaim()).toMatchObject({ images: [], custom: { statusStr: 'Open' } });
  expect(desk.theKlaim().custom['resolutionAmountNum']).toBeUndefined();
};
const refusedFor = async (desk: Desk, custom: Record<string, string>): Promise<void> => {
  expect((await failureOf(desk.sync({ klaim: klaimIn('New', { custom }) }))).kind).toBe('rejected');
  expect(desk.kustomer.klaims()).toEqual([]);
};

const ROWS: Row[] = [
  [
    'a second Klaim with the same external id is taken',
    'keeps one',
    { duplicateExternalId: 'accept' },
    async (desk) => {
      races(desk);
      expect((await desk.sync()).removedDuplicates).toHaveLength(1);
      expect(desk.theKlaim()).toMatchObject({ custom: { statusStr: 'New' } });
    },
  ],
  [
    'a second Klaim with the same external id is 409',
    'updates the first',
    { duplicateExternalId: 'conflict' },
    async (desk) => {
      races(desk);
      expect((await desk.sync()).removedDuplicates).toEqual([]);
      expect(desk.theKlaim()).toMatchObject({ custom: { statusStr: 'New' } });
    },
  ],
  [
    'a look-up gives the oldest of several',
    'keeps the oldest',
    {},
    async (desk) => {
      races(desk);
      const { klaimId } = await desk.sync();
      expect(klaimId).toBe(desk.kustomer.writes('clm_1').find(({ what }) => what === 'create')?.kobjectId);
    },
  ],
  [
    'the scope of an external id is not told',
    "puts nothing there but the claim's id, which is of the source",
    {},
    async (desk) => {
      await desk.sync({ claimId: 'cmxk3v8q2' });
      expect(bodies(desk, 'POST', '/klasses/klaim')).toMatchObject([{ externalId: 'cmxk3v8q2' }]);
    },
  ],
  ['a 409 has one body', 'reads the status alone', { duplicateExternalId: 'conflict', errorShape: 'A' }, conflict],
  ['a 409 has another body', 'reads the status alone', { duplicateExternalId: 'conflict', errorShape: 'B' }, conflict],
  [
    'an e-mail that is taken is 409',
    'uses who has it',
    { duplicateEmail: 'conflict' },
    async (desk) => {
      desk.justBefore('POST', /\/customers$/, () => desk.kustomer.addCustomer({ email: MIRA.email ?? '' }));
      expect(await desk.sync()).toMatchObject({ matchedBy: 'email' });
    },
  ],
  [
    'an e-mail that is taken is taken again',
    'uses the one that look-ups give',
    { duplicateEmail: 'accept' },
    async (desk) => {
      desk.justBefore('POST', /\/customers$/, () => desk.kustomer.addCustomer({ email: MIRA.email ?? '' }));
      expect(await desk.sync()).toMatchObject({ matchedBy: 'email' });
    },
  ],
  [
    'e-mails are looked up by the primary one, in any case',
    'sends them trimmed and lower-cased',
    {},
    async (desk) => {
      await desk.sync({ customer: { email: ' Mira.C@Shopper.Example ' } });
      expect(desk.calls().filter((call) => call.includes('email=mira.c%40shopper.example')).length).toBeGreaterThan(0);
    },
  ],
  [
    'phones are stored as sent',
    'sends E.164 and never looks one up',
    {},
    async (desk) => {
      await desk.sync({ customer: { ...MIRA, phone: '(312) 555-0142', country: 'US' } });
      expect(desk.kustomer.customers()[0]?.phones).toMatchObject([{ phone: '+13125550142' }]);
      expect(desk.calls().join()).not.toContain('phone=');
    },
  ],
  [
    'a change of a customer replaces lists and unlinks the company',
    'never changes a customer',
    {},
    async (desk) => {
      await desk.sync();
      await desk.sync({ klaim: OPEN, customer: { ...MIRA, name: 'Mira New' } });
      const changes = desk.kustomer.requests({ path: '/customers' }).filter(({ method }) => /PUT|PATCH/.test(method));
      expect(changes).toEqual([]);
    },
  ],
  ['an update merges attributes', 'sends all, with null for none', { custom: 'merge' }, twoStates],
  ['an update replaces attributes', 'sends all, with null for none', { custom: 'replace' }, twoStates],
  [
    'an update replaces images',
    'sends all of them, and never tags or data',
    {},
    async (desk) => {
      const [first = '', second = ''] = ['https://images.example/1.jpg', 'https://images.example/2.jpg'];
      await desk.sync({ klaim: klaimIn('New', { images: [first] }) });
      await desk.sync({ klaim: klaimIn('Open', { images: [first, second] }) });
      expect(desk.theKlaim().images).toEqual([first, second]);
      for (const body of bodies(desk, 'PUT', '/klasses/klaim/'))
        expect(Object.keys(body).sort()).toEqual(['custom', 'data', 'description', 'images', 'rev', 'title']);
    },
  ],
  [
    'an update with an old revision is 409',
    'reads again and writes',
    {},
    async (desk) => {
      const { klaimId } = await desk.sync();
      const edit = { id: klaimId, changes: { title: 'By hand' } };
      desk.justBefore('PUT', /\/klasses\/klaim\//, () => desk.kustomer.editKlaim(edit));
      await desk.sync({ klaim: OPEN });
      expect(desk.theKlaim()).toMatchObject({ title: OPEN.title, rev: 3 });
    },
  ],
  [
    'an update that names a customer is refused',
    'sends none',
    {},
    async (desk) => {
      await desk.sync();
      await desk.sync({ klaim: OPEN });
      for (const body of bodies(desk, 'PUT', '/klasses/klaim/')) expect(body).not.toHaveProperty('customer');
    },
  ],
  [
    'an attribute that the Klass lacks is refused',
    'names it and gives up',
    {},
    (desk) => refusedFor(desk, { mysteryStr: 'x' }),
  ],
  [
    'a text of 1,025 characters is refused',
    'cuts it with an ellipsis',
    {},
    async (desk) => {
      await desk.sync({ klaim: klaimIn('New', { custom: { statusStr: '😀'.repeat(1_025) } }) });
      expect(String(desk.theKlaim().custom['statusStr'])).toMatch(/…$/);
    },
  ],
  [
    'an empty title and a null text are refused',
    'sends a title, and an empty text',
    {},
    async (desk) => {
      await desk.sync({ klaim: klaimIn('New', { title: '', description: '' }) });
      expect(desk.theKlaim()).toMatchObject({ title: 'Claim', description: '' });
    },
  ],
  [
    'a missing role is 403',
    'takes it for a matter of credentials, and not for a dead key',
    { missingRole: 403 },
    missingRole,
  ],
  [
    'a missing role is 401',
    'takes it for a matter of credentials, and not for a dead key',
    { missingRole: 401 },
    missingRole,
  ],
  [
    'a key of another region is 401 with the pods',
    'says so, and that the key is dead',
    {},
    async (desk) => {
      await desk.kustomer.addKey({ org: 'acme', apiKey: 'abroad', pod: 'prod2' });
      const failure = await failureOf(desk.sync({ apiKey: 'abroad' }));
      expect(failure.message).toContain('another region');
      expect(failure).toHaveProperty('words');
    },
  ],
  [
    'a 429 has no time in it',
    'waits a minute',
    { resetHeader: 'absent' },
    async (desk) => {
      desk.kustomer.faults.add({ fault: { status: 429 } });
      expect(await failureOf(desk.sync())).toMatchObject({ kind: 'rateLimited', retryAfterMs: 60_000 });
    },
  ],
  [
    'too many updates of one object are 429',
    'waits with this claim alone',
    { updatesPerObjectAndMinute: 1 },
    async (desk) => {
      await desk.sync();
      await desk.sync({ klaim: OPEN });
      expect((await failureOf(desk.sync({ klaim: klaimIn('Denied') }))).kind).toBe('rateLimited');
      await desk.sync({ claimId: 'clm_2' });
    },
  ],
  [
    'a customer who was merged is 404, their Klaims follow',
    'updates by id and follows',
    {},
    async (desk) => {
      const known = await desk.sync();
      const target = await desk.kustomer.addCustomer({ email: 'mira@work.example' });
      await desk.kustomer.mergeCustomers(known.customerId ?? '', target);
      expect(await desk.sync({ klaim: OPEN, known })).toMatchObject({ klaimId: known.klaimId, customerId: target });
    },
  ],
  [
    'the external id of a deleted Klaim is free',
    'makes it anew',
    {},
    async (desk) => {
      const known = await desk.sync();
      await desk.kustomer.deleteKlaim(known.klaimId);
      expect((await desk.sync({ klaim: OPEN, known })).klaimId).not.toBe(known.klaimId);
    },
  ],
  [
    'how large a Klaim may be is not told',
    'keeps its body below 64 kB',
    {},
    async (desk) => {
      const long = Object.fromEntries(
        Object.keys(KLAIM_PROPERTIES).flatMap((name) => (name.endsWith('Txt') ? [[name, '漢'.repeat(1_024)]] : [])),
      );
      await desk.sync({ klaim: klaimIn('New', { description: '漢'.repeat(10_240), custom: long }) });
      for (const body of bodies(desk, 'POST', '/klasses/klaim'))
        expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(64_000);
    },
  ],
  [
    'imported Klaims are free of a limit and may raise no event',
    'never says that it imports',
    {},
    async (desk) => {
      await desk.sync();
      for (const body of bodies(desk, 'POST', '/klasses/klaim')) expect(body).not.toHaveProperty('importedAt');
    },
  ],
  [
    'a look-up shows a write up to two seconds late',
    'looks until then, and posts once',
    { readLagMs: 2_000 },
    async (desk) => {
      const create = { method: 'POST', path: '/klasses/klaim$' };
      desk.kustomer.faults.add({ match: create, fault: 'lostAnswer' });
      await desk.sync();
      expect(desk.kustomer.requests(create)).toHaveLength(1);
    },
  ],
];

async function conflict(desk: Desk): Promise<void> {
  races(desk);
  await desk.sync();
  expect(desk.kustomer.requests({ method: 'POST', path: '/klasses/klaim' }).map(({ status }) => status)).toContain(409);
  expect(desk.theKlaim()).toMatchObject({ custom: { statusStr: 'New' } });
}

async function missingRole(desk: Desk): Promise<void> {
  await desk.kustomer.addKey({ org: 'acme', apiKey: 'poor', roles: ['org.permission.kobject'] });
  const failure = await failureOf(desk.sync({ apiKey: 'poor' }));
  expect(failure.kind).toBe('credentials');
  expect(failure).not.toHaveProperty('words');
}

test.each(ROWS)('where %s, the client %s', (_choice, _client, settings, act) => withDesk({ settings }, act));
