import { normalized } from '../../../src/integrations/kustomer/identity';
import { failureOf, MIRA, NOBODY, openDesk, type Desk } from './desk';

describe('a phone number', () => {
  const phoneOf = (phone: string, country: string | null) => normalized({ ...NOBODY, phone, country }).phone;

  test.each([
    ['in international form', '+1 (312) 555-0142', null, '+13125550142'],
    ['with the zero of its own country', '030 901820', 'DE', '+4930901820'],
    ['without any prefix', '312-555-0142', 'US', '+13125550142'],
    ['with the international prefix of its country', '0049 30 901820', 'DE', '+4930901820'],
    ['of another country than the order', '+44 20 7946 0958', 'US', '+442079460958'],
    ['with an extension', '+1 312 555 0142 ext. 7', null, '+13125550142'],
    ['in other digits', '+٤٩٣٠٩٠١٨٢٠', null, '+4930901820'],
  ])('%s is sent as E.164', (_form, phone, country, expected) => {
    expect(phoneOf(phone, country)).toBe(expected);
  });

  test.each([
    ['without a country', '312-555-0142', null],
    ['of a country that there is not', '312-555-0142', 'XX'],
    ['that is too short', '+49 30', 'DE'],
    ['that nobody can have', '+1 000 000 0000', 'US'],
    ['in words', 'call my sister', 'US'],
    ['of nobody', '', 'US'],
  ])('%s is left out', (_form, phone, country) => {
    expect(phoneOf(phone, country)).toBeNull();
  });
});

describe('the customer of a claim', () => {
  let desk: Desk;
  const ids: Record<string, string> = {};

  beforeEach(async () => {
    desk = await openDesk();
    for (const name of ['claim', 'order', 'named'])
      ids[name] = await desk.kustomer.addCustomer({ email: `${name}@x.example` });
    const shop = { email: 'shop@x.example', externalId: 'shop-9' };
    ids['shop'] = (await desk.sync({ claimId: 'other', customer: shop })).customerId ?? '';
  });
  afterEach(() => desk.kustomer.stop());

  const marks = () => ({
    customerId: ids['named'] ?? '',
    email: 'claim@x.example',
    orderEmail: 'order@x.example',
    externalId: 'shop-9',
  });

  test.each([
    ['whom an operator has named, before all others', {}, 'operator', 'named'],
    ["with the claim's e-mail, before the order's", { customerId: null }, 'email', 'claim'],
    [
      "with the order's e-mail, where the claim's is nobody's",
      { customerId: null, email: 'new@x.example' },
      'orderEmail',
      'order',
    ],
    [
      'with the external id, where no e-mail is of anybody',
      { customerId: null, email: 'new@x.example', orderEmail: null },
      'externalId',
      'shop',
    ],
    ['by their marks, where nobody is whom an operator named', { customerId: 'f'.repeat(24) }, 'email', 'claim'],
  ] as const)('is the one %s', async (_who, change, matchedBy, name) => {
    const synced = await desk.sync({ customer: { ...marks(), ...change } });
    expect(synced).toMatchObject({ matchedBy, customerId: ids[name] });
    expect(desk.theKlaim().customerId).toBe(ids[name]);
  });

  test("is made with the claim's e-mail and a phone of the order's country, where no mark is of anybody", async () => {
    const customer = { email: 'New@x.example', orderEmail: 'nobody@x.example', phone: '030 901820', country: 'DE' };
    const { customerId, matchedBy } = await desk.sync({ customer });
    expect(matchedBy).toBe('created');
    expect(desk.kustomer.customers().find(({ id }) => id === customerId)).toMatchObject({
      emails: [{ email: 'new@x.example' }],
      phones: [{ phone: '+4930901820' }],
    });
  });

  test('is told by its mark even where the Klaim was made by an attempt that did not live to tell', async () => {
    desk.kustomer.faults.add({ match: { method: 'POST', path: '/klasses/klaim$' }, fault: 'lostAnswer' });
    const attempt = desk.sync({ customer: { email: 'claim@x.example' }, signal: desk.killedAt(3, 'after') });
    expect((await failureOf(attempt)).kind).toBe('unavailable');
    expect(await desk.sync({ customer: { email: 'claim@x.example' } })).toMatchObject({ matchedBy: 'email' });
  });

  test('is nobody whom a mark leads to, where an agent has moved the Klaim', async () => {
    const { klaimId } = await desk.sync({ customer: MIRA });
    await desk.kustomer.moveKlaim({ id: klaimId, customerId: ids['shop'] ?? '' });
    expect(await desk.sync({ customer: MIRA })).toMatchObject({ customerId: ids['shop'], matchedBy: 'existing' });
  });

  test('who is gone is made anew, with the Klaim', async () => {
    const first = await desk.sync({ customer: MIRA });
    await desk.kustomer.deleteCustomer(first.customerId ?? '');
    const again = await desk.sync({ customer: MIRA, known: first });
    expect(again).toMatchObject({ matchedBy: 'created' });
    expect(desk.theKlaim()).toMatchObject({ id: again.klaimId, customerId: again.customerId });
  });

  test('who is deleted between the look-up and the create is made anew', async () => {
    desk.justBefore('POST', /\/klasses\/klaim$/, () => desk.kustomer.deleteCustomer(ids['claim'] ?? ''));
    expect(await desk.sync({ customer: { email: 'claim@x.example' } })).toMatchObject({ matchedBy: 'created' });
    expect(desk.theKlaim().customerId).not.toBe(ids['claim']);
  });
});

test('a customer whom an operator named and who was deleted since is not made anew without e-mail and external id', async () => {
  const desk = await openDesk();
  const customerId = await desk.kustomer.addCustomer({ email: 'tom@shopper.example' });
  await desk.kustomer.deleteCustomer(customerId);
  const failure = await failureOf(
    desk.sync({ customer: { ...NOBODY, customerId, name: 'Tom', phone: '+13125550142' } }),
  );
  const made = desk.kustomer.customers();
  await desk.kustomer.stop();
  expect(failure.kind).toBe('rejected');
  expect(failure.message).toContain(`customer ${customerId}, whom an operator named, is not in Kustomer any more`);
  expect(made).toEqual([]);
});
