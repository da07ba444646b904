import { type SeenRequest, type StubAnswer } from '../../support/stub-partner';

type Json = Record<string, unknown>;

export const CLAIM_ID = 'cmxk3v8q2000108lbg4hx7dne';

/** A claim as Order Protection shows it among those of its order. */
export function aClaim(over: Json = {}): Json {
  return {
    claimFiledFrom: 'EXTERNAL',
    id: CLAIM_ID,
    customerId: 'cus_31',
    storeId: 'store_77',
    orderId: 'cmxk1aaaa000008lbf2qk9r3t',
    sourceOrderId: '#BR 20417/1',
    sourceOrderNumber: '#20417',
    authorName: 'Ada Vale',
    authorEmail: 'ada@example.test',
    claimDescription: 'The lid is cracked',
    resolutionRequested: 'REFUND',
    resolutionDate: '2025-06-02T15:02:38.000Z',
    claimState: 'APPROVED',
    claimType: 'DAMAGED',
    createdAt: '2025-06-02T14:11:07.000Z',
    updatedAt: '2025-06-02T15:02:38.000Z',
    deletedAt: null,
    claimItems: [
      { id: 'ci_1', itemId: 'li-9001', quantity: 1, deletedAt: null },
      { id: 'ci_2', itemId: 'li-9002', quantity: 1, deletedAt: '2025-06-02T14:30:00.000Z' },
    ],
    claimMessages: [
      {
        senderType: 'customer',
        id: 'msg_1',
        message: 'Photo attached',
        authorName: 'Ada Vale',
        medias: ['https://cdn.example.test/1.jpg'],
      },
      {
        senderType: 'BRAND',
        id: 'msg_2',
        message: 'Thank you',
        medias: [{ url: 'https://cdn.example.test/2.jpg' }, { src: 'https://cdn.example.test/1.jpg' }],
      },
    ],
    claimResolutions: [
      { id: 'r_0', resolutionType: 'RESHIP', paidValue: 1, paidCurrency: 'USD', deletedAt: '2025-06-02T15:00:00.000Z' },
      { id: 'r_1', resolutionType: 'REFUND', paidValue: '28.62', paidCurrency: 'USD', deletedAt: null },
    ],
    ...over,
  };
}

export function anOrder(over: Json = {}): Json {
  return {
    id: 'cmxk1aaaa000008lbf2qk9r3t',
    sourceOrderId: '#BR 20417/1',
    sourceOrderNumber: '#20417',
    customerEmail: 'ada.checkout@example.test',
    customerName: 'Ada V.',
    customerPhone: '+15035550100',
    orderItems: [
      {
        id: 'oi_1',
        sourceItemId: 'li-9001',
        sourceProductId: 'p-771',
        sourceVariantId: 'v-771',
        sku: 'KTL-BLU',
        productName: 'Kettle, blue',
      },
      { id: 'oi_2', sourceItemId: 'li-9002', productName: 'Mug set' },
    ],
    address: {
      firstName: 'Ada',
      lastName: 'Vale',
      address1: '18 Harbour Rd',
      address2: null,
      city: 'Portland',
      state: 'OR',
      zip: '97201',
      country: 'US',
    },
    ...over,
  };
}

/** One order with its claims, and the list of all claims in pages of one. */
export function aStore({
  claims = [aClaim()],
  order = anOrder(),
  listed = claims,
}: { claims?: Json[]; order?: Json | null; listed?: Json[] } = {}) {
  return ({ method, path, headers }: SeenRequest): StubAnswer => {
    if (headers.authorization !== 'Bearer op_token')
      return { status: 401, body: { statusCode: 401, message: 'Unauthorized' } };
    const { pathname, searchParams } = new URL(path, 'http://stub');
    const [, , collection, id, part] = pathname.split('/');
    const missing = { status: 404, body: { statusCode: 404, message: 'Not Found', error: 'Not Found' } };
    if (method !== 'GET') return missing;
    if (collection === 'claims') return { body: pageOf(listed, Number(searchParams.get('cursor') ?? 0)) };
    if (order === null || decodeURIComponent(id ?? '') !== order.sourceOrderId) return missing;
    return { body: part === 'claims' ? claims : order };
  };
}

function pageOf(all: Json[], from: number): Json {
  const hasNextPage = from + 1 < all.length;
  return {
    edges: all.slice(from, from + 1).map((node) => ({ node })),
    pageInfo: { endCursor: String(from + 1), hasNextPage },
  };
}
