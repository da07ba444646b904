import { loopbackHttp } from '../../support/loopback-http';
import { createOrderProtection } from '../../../src/integrations/order-protection/client';
import { startStubPartner, type SeenRequest, type StubAnswer, type StubPartner } from '../../support/stub-partner';
import { aClaim, anOrder, aStore, CLAIM_ID } from './store';

const NOW = '2026-03-02T09:14:07.000Z';
const ORDER_ID = '#BR 20417/1';

let partner: StubPartner | undefined;
afterEach(async () => {
  await partner?.close();
  partner = undefined;
});

async function read(
  answer: (request: SeenRequest) => StubAnswer | null,
  sourceOrderId: string | null = ORDER_ID,
  signal?: AbortSignal,
) {
  partner = await startStubPartner(answer);
  const client = createOrderProtection(loopbackHttp(), () => new Date(NOW));
  const access = { apiToken: 'op_token', baseUrl: `${partner.url}/`, report: { via: 'manual' } as const };
  return client.readClaim(access, { claimId: CLAIM_ID, sourceOrderId }, signal);
}

async function found(answer: (request: SeenRequest) => StubAnswer | null, sourceOrderId: string | null = ORDER_ID) {
  const reading = await read(answer, sourceOrderId);
  if (!reading.found) throw new Error('not found');
  return reading;
}

test('a claim is told with its order, its customer, its thread and what was decided', async () => {
  expect(await read(aStore({ claims: [aClaim({ id: 'another' }), aClaim()] }))).toEqual({
    found: true,
    status: 'approved',
    updatedAt: '2025-06-02T15:02:38.000Z',
    decidedAt: '2025-06-02T15:02:38.000Z',
    claim: {
      status: 'approved',
      type: 'damaged',
      description: 'The lid is cracked',
      requestedResolution: 'refund',
      createdAt: '2025-06-02T14:11:07.000Z',
      images: ['https://cdn.example.test/1.jpg', 'https://cdn.example.test/2.jpg'],
      items: [
        {
          lineItemId: 'li-9001',
          productId: 'p-771',
          variantId: 'v-771',
          sku: 'KTL-BLU',
          title: 'Kettle, blue',
          quantity: 1,
        },
      ],
    },
    messages: [
      { id: 'msg_1', text: 'Photo attached', author: 'customer' },
      { id: 'msg_2', text: 'Thank you', author: 'brand' },
    ],
    resolutions: [{ kind: 'refund', amount: { amount: '28.62', currency: 'USD' } }],
    order: {
      id: 'cmxk1aaaa000008lbf2qk9r3t',
      sourceOrderId: ORDER_ID,
      number: '#20417',
      shippingAddress: {
        name: 'Ada Vale',
        address1: '18 Harbour Rd',
        city: 'Portland',
        state: 'OR',
        zip: '97201',
        country: 'US',
      },
    },
    customer: {
      email: 'ada@example.test',
      orderEmail: 'ada.checkout@example.test',
      name: 'Ada Vale',
      phone: '+15035550100',
    },
  });
});

test('order ids are encoded in the path, and the token is sent', async () => {
  await read(aStore());
  expect(partner?.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/orders/%23BR%2020417%2F1/claims',
    'GET /v1/orders/%23BR%2020417%2F1',
  ]);
  expect(partner?.seen.every(({ headers }) => headers.authorization === 'Bearer op_token')).toBe(true);
});

describe('what the claim does not say', () => {
  test.each([null, '', 'not an address'])(
    'an author e-mail of %p is none, and that of the order is all there is',
    async (authorEmail) => {
      const reading = await found(aStore({ claims: [aClaim({ authorEmail, authorName: null })] }));
      expect(reading.customer).toMatchObject({ orderEmail: 'ada.checkout@example.test', name: 'Ada V.' });
      expect(reading.customer).not.toHaveProperty('email');
    },
  );

  test('a claim whose order cannot be read still stands, and says less', async () => {
    const store = aStore();
    const reading = await found((request) => (request.path.endsWith('/claims') ? store(request) : { status: 404 }));
    expect(reading.claim.items).toEqual([{ lineItemId: 'li-9001', quantity: 1 }]);
    expect(reading.customer).toEqual({ email: 'ada@example.test', name: 'Ada Vale' });
    expect(reading.order).toEqual({ id: 'cmxk1aaaa000008lbf2qk9r3t', sourceOrderId: ORDER_ID, number: '#20417' });
  });

  test('an odd claim is read as far as it goes, as of now', async () => {
    const claims = [
      {
        id: CLAIM_ID,
        claimItems: 'none',
        claimMessages: [null, 7],
        claimResolutions: [{ resolutionType: {} }],
        updatedAt: 5,
      },
    ];
    expect(await read(aStore({ claims, order: anOrder({ orderItems: null, address: 'unknown' }) }))).toMatchObject({
      found: true,
      status: 'unknown',
      updatedAt: NOW,
      messages: [],
      resolutions: [],
    });
  });
});

describe('what was decided', () => {
  test.each([
    [
      'the value of reshipped goods is no money',
      { resolutionType: 'RESHIP', paidValue: 64.8, paidCurrency: 'USD' },
      { kind: 'reship' },
    ],
    ['the list writes it another way', { resolution: 'REFUND' }, { kind: 'refund' }],
    [
      'money that is not known yet is not said',
      { resolutionType: 'REFUND', paidValue: null, paidCurrency: 'USD' },
      { kind: 'refund' },
    ],
    [
      'store credit is money',
      { resolutionType: 'STORE_CREDIT', paidValue: 10, paidCurrency: 'eur' },
      { kind: 'store_credit', amount: { amount: '10.00', currency: 'EUR' } },
    ],
    ['an unknown kind is carried', { resolutionType: 'GIFT_CARD' }, { kind: 'gift_card' }],
  ])('%s', async (_, resolution, expected) => {
    const reading = await found(aStore({ claims: [aClaim({ claimResolutions: [resolution] })] }));
    expect(reading.resolutions).toEqual([expected]);
  });

  test('both ways of being resolved are one', async () => {
    for (const claimState of ['RESOLVED', 'RESOLVED_BY_BRAND']) {
      expect((await found(aStore({ claims: [aClaim({ claimState })] }))).status).toBe('resolved');
      await partner?.close();
    }
    partner = undefined;
  });
});

test('of a long thread the last thirty messages are taken, and the pictures of all', async () => {
  const claimMessages = Array.from({ length: 45 }, (_, index) => ({
    id: `m${index}`,
    message: `text ${index}`,
    medias: [`https://cdn.example.test/${index}`],
  }));
  const { messages, claim } = await found(aStore({ claims: [aClaim({ claimMessages })] }));
  expect(messages).toHaveLength(30);
  expect([messages[0]?.text, messages[29]?.text]).toEqual(['text 15', 'text 44']);
  expect(claim.images).toHaveLength(45);
});

describe('a claim that is not there', () => {
  test.each([
    ['its order is unknown', aStore({ order: null })],
    ['it is not among those of its order', aStore({ claims: [aClaim({ id: 'another' })] })],
    ['it was deleted', aStore({ claims: [aClaim({ deletedAt: '2025-06-03T00:00:00Z' })] })],
  ])('%s', async (_, store) => {
    expect(await read(store)).toEqual({ found: false });
  });
});

describe('without an order id', () => {
  const node = {
    id: CLAIM_ID,
    sourceOrderId: ORDER_ID,
    claimState: 'NEW',
    updatedAt: '2025-06-02T14:11:07.000Z',
    claimResolutions: [{ resolution: 'REFUND' }],
  };
  const others = Array.from({ length: 3 }, (_, index) => ({ id: `other${index}`, sourceOrderId: 'x' }));

  test('the list of all claims is paged until the claim tells its order', async () => {
    const reading = await found(aStore({ listed: [...others, node, ...others] }), null);
    expect(reading).toMatchObject({ status: 'approved', resolutions: [{ amount: { amount: '28.62' } }] });
    expect(partner?.seen.map(({ path }) => path)).toEqual([
      '/v1/claims?size=100',
      '/v1/claims?size=100&cursor=1',
      '/v1/claims?size=100&cursor=2',
      '/v1/claims?size=100&cursor=3',
      '/v1/orders/%23BR%2020417%2F1/claims',
      '/v1/orders/%23BR%2020417%2F1',
    ]);
  });

  test('what the list says is taken when the order does not show the claim yet', async () => {
    const reading = await found(aStore({ listed: [node], claims: [] }), null);
    expect(reading).toMatchObject({
      status: 'new',
      resolutions: [{ kind: 'refund' }],
      order: { sourceOrderId: ORDER_ID },
    });
  });

  test('a claim that is in no page is not there, and neither a long list nor one that goes in circles is read for ever', async () => {
    expect(await read(aStore({ listed: others }), null)).toEqual({ found: false });
    expect(partner?.seen).toHaveLength(3);
    await partner?.close();
    expect(await read(aStore({ listed: Array.from({ length: 500 }, () => ({ id: 'x' })) }), null)).toEqual({
      found: false,
    });
    expect(partner?.seen).toHaveLength(20);
    await partner?.close();
    const circle = { edges: [], pageInfo: { hasNextPage: true, endCursor: 'same' } };
    expect(await read(() => ({ body: circle }), null)).toEqual({ found: false });
    expect(partner?.seen).toHaveLength(2);
  });
});

describe('a call that fails', () => {
  test.each<[string, StubAnswer | null, object]>([
    ['401', { status: 401 }, { kind: 'credentials' }],
    ['403', { status: 403 }, { kind: 'credentials' }],
    ['429', { status: 429, headers: { 'retry-after': '7' } }, { kind: 'rateLimited', retryAfterMs: 7_000 }],
    ['500', { status: 500 }, { kind: 'unavailable' }],
    ['400', { status: 400 }, { kind: 'rejected' }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { kind: 'rejected' }],
    ['something that is not JSON', { body: '<html>' }, { kind: 'unavailable' }],
    ['no list', { body: { ok: true } }, { kind: 'unavailable' }],
    ['a closed connection', null, { kind: 'unavailable' }],
  ])('%s', async (_, answer, failure) => {
    await expect(read(() => answer)).rejects.toMatchObject({
      name: 'PartnerError',
      partner: 'order-protection',
      ...failure,
    });
  });

  test('an order id that would point elsewhere is refused before anything is asked', async () => {
    await expect(read(aStore(), '..')).rejects.toMatchObject({ kind: 'rejected' });
    expect(partner?.seen).toEqual([]);
  });

  test('the end of the attempt ends its call', async () => {
    await expect(read(aStore(), ORDER_ID, AbortSignal.abort())).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
