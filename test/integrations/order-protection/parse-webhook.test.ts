import { parseWebhook } from '../../../src/integrations/order-protection/parse-webhook';
import { type WebhookReading } from '../../../src/integrations/webhook';
import { sample, sampleWith, TOPICS } from './sample';

const RECEIVED = '2026-03-02T09:14:07.000Z';
const CLAIM = 'cm6v2zdt10002j20vqs7f74hc';

const read = (value: unknown): WebhookReading => parseWebhook(value, RECEIVED);

function eventOf(value: unknown) {
  const reading = read(value);
  if (reading.kind !== 'claimEvent') throw new Error(`not a claim event: ${JSON.stringify(reading)}`);
  return reading;
}

function protectionOf(value: unknown) {
  const reading = read(value);
  if (reading.kind !== 'protection') throw new Error(`not a protection event: ${JSON.stringify(reading)}`);
  return reading.protection;
}

function reasonOf(value: unknown): string {
  const reading = read(value);
  if (reading.kind !== 'unusable') throw new Error(`usable: ${JSON.stringify(reading)}`);
  return reading.reason;
}

describe('what each topic tells', () => {
  test('a filed claim: its words, its lines and its order', () => {
    const { event, topic, claimId, unreadable } = eventOf(sample('claim.created', 'api'));
    expect({ topic, claimId, unreadable }).toEqual({ topic: 'claim.created', claimId: CLAIM, unreadable: [] });
    expect(event).toEqual({
      eventKey: expect.stringMatching(/^[0-9a-f]{64}$/),
      source: 'order-protection',
      kind: 'created',
      occurredAt: '2024-03-20T10:00:00.000Z',
      claim: {
        id: CLAIM,
        status: 'new',
        type: 'damaged',
        description: 'Item arrived damaged',
        createdAt: '2024-03-20T10:00:00.000Z',
        items: [
          {
            lineItemId: 'item001',
            productId: 'prod001',
            variantId: 'var001',
            sku: 'SKU123',
            title: 'Wireless Mouse',
            quantity: 1,
          },
        ],
      },
      order: { id: 'order-1', sourceOrderId: '100' },
    });
  });

  test('an approval: the money of a refund, and for a reship the address but no money, because its total is the value of goods', () => {
    const { event, unreadable } = eventOf(sample('claim.approved', 'api'));
    expect(unreadable).toEqual([]);
    expect(event).toMatchObject({ kind: 'approved', claim: { id: CLAIM, status: 'approved' } });
    expect(event.claim.resolutions).toEqual([
      {
        kind: 'refund',
        amount: { amount: '103.50', currency: 'USD' },
        items: [
          {
            lineItemId: 'item001',
            productId: 'prod001',
            variantId: 'var001',
            sku: 'SKU123',
            title: 'Wireless Mouse',
            quantity: 1,
          },
        ],
      },
      {
        kind: 'reship',
        items: [{ lineItemId: 'item002', productId: 'prod002', title: 'Keyboard', quantity: 2 }],
        shippingAddress: {
          address1: '123 Main St',
          city: 'New York',
          state: 'New York',
          zip: '10001',
          country: 'United States',
        },
      },
    ]);
  });

  test('an approval of the developer dialect: kind and line, and nothing that it does not say', () => {
    const { event, unreadable } = eventOf(sample('claim.approved', 'app'));
    expect(unreadable).toEqual([]);
    expect(event.claim).toEqual({
      id: CLAIM,
      status: 'approved',
      resolutions: [{ kind: 'reship', items: [{ lineItemId: 'item001', quantity: 1 }] }],
    });
    expect(event.order).toEqual({});
    expect(event.occurredAt).toBe(RECEIVED);
  });

  test('the lines of one type in the developer dialect are one resolution', () => {
    const resolutions = [
      { type: 'RESHIP', itemId: 'a', quantity: 1 },
      { type: 'REFUND', itemId: 'b', quantity: 1 },
      { type: 'reship', itemId: 'c', quantity: '2' },
    ];
    const { event } = eventOf({ topic: 'claim/approved', body: { claimId: CLAIM, resolutions } });
    expect(event.claim.resolutions).toEqual([
      {
        kind: 'reship',
        items: [
          { lineItemId: 'a', quantity: 1 },
          { lineItemId: 'c', quantity: 2 },
        ],
      },
      { kind: 'refund', items: [{ lineItemId: 'b', quantity: 1 }] },
    ]);
  });

  test.each(['api', 'app'] as const)('a denial of the %s dialect: its reasons, as they are coded', (dialect) => {
    const { event } = eventOf(sample('claim.denied', dialect));
    expect(event).toMatchObject({ kind: 'denied', claim: { status: 'denied', denialReasons: ['NO_RESPONSE'] } });
    expect(event.claim.resolutions).toBeUndefined();
  });

  test('a message: one text at the time of the event', () => {
    const { event } = eventOf(sample('message.created', 'app'));
    expect(event.kind).toBe('message');
    expect(event.claim).toEqual({ id: CLAIM, messages: [{ text: 'Could you send a photo?', at: RECEIVED }] });
  });

  test.each([
    ['protection.added', 'added'],
    ['protection.removed', 'removed'],
  ] as const)('%s: the order and the amount, in either dialect', (topic, action) => {
    for (const dialect of ['api', 'app'] as const)
      expect(protectionOf(sample(topic, dialect))).toMatchObject({
        eventId: expect.stringMatching(/^prot_[0-9a-f]{32}$/),
        action,
        order: { id: 'order-1', sourceOrderId: '100' },
        amount: { amount: '3.45', currency: 'USD' },
      });
  });
});

describe('how it may be written', () => {
  test.each(TOPICS)(
    '%s with a dot, a slash, in capitals or with spaces around it is one topic and one delivery',
    (topic) => {
      const envelope = sample(topic, 'api');
      const spellings = [
        topic,
        topic.replace('.', '/'),
        topic.toUpperCase(),
        ` ${topic.replace('.', '/').toUpperCase()} `,
      ];
      const readings = spellings.map((spelling) => read({ ...envelope, topic: spelling }));
      expect(new Set(readings.map(({ dedupeKey }) => dedupeKey)).size).toBe(1);
      expect(readings.map((reading) => reading.topic)).toEqual(spellings.map(() => topic));
    },
  );

  test.each(TOPICS)('%s with camel keys at every level tells the same as with snake keys', (topic) => {
    const envelope = sample(topic, 'api');
    const snake = read(envelope);
    const camel = read(camelCased(envelope));
    expect(withoutKeys(camel)).toEqual(withoutKeys(snake));
  });

  test.each([
    ['NEW', 'new'],
    ['OPEN', 'open'],
    ['COMMUNICATING', 'open'],
    ['WAITING_FOR_CUSTOMER', 'waiting_customer'],
    ['WAITING_FOR_BRAND', 'waiting_brand'],
    ['WAITING_FOR_OP', 'waiting_provider'],
    ['APPROVED', 'approved'],
    ['DENIED', 'denied'],
    ['RESOLVED', 'resolved'],
    ['RESOLVED_BY_BRAND', 'resolved'],
    ['CLOSED', 'closed'],
    ['ARCHIVED', 'closed'],
    ['DISMISSED', 'dismissed'],
    ['TEMPORARILY_DISMISSED', 'dismissed'],
    ['resolved_by_brand', 'resolved'],
    ['ON_THE_MOON', 'on_the_moon'],
  ])('state %s is %s', (state, status) => {
    expect(eventOf(sampleWith('claim.created', { claim_state: state })).event.claim.status).toBe(status);
  });

  test.each([
    ['DAMAGED', 'damaged'],
    ['DEFECTIVE_ITEM', 'defective'],
    ['MISSING_ITEM', 'missing_item'],
    ['MULTIPLE', 'multiple'],
    ['ORDER_DELIVERED_NOT_RECEIVED', 'not_received'],
    ['RETURNED_TO_SENDER', 'returned_to_sender'],
    ['STOLEN', 'stolen'],
    ['WRONG_ITEM', 'wrong_item'],
    ['TRACKING_NOT_MOVING', 'tracking_stalled'],
    ['WRONG_ADDRESS', 'wrong_address'],
    ['EATEN', 'eaten'],
    [null, undefined],
    ['', undefined],
  ])('type %s is %s', (type, word) => {
    expect(eventOf(sampleWith('claim.created', { claim_type: type })).event.claim.type).toBe(word);
  });

  test.each([
    ['REFUND', 'refund'],
    ['RESHIP', 'reship'],
    ['STORE_CREDIT', 'store_credit'],
    ['FLAT_RATE', 'flat_rate'],
  ])('resolution type %s is %s', (type, kind) => {
    const { event } = eventOf(sampleWith('claim.approved', { resolutions: [{ type, details: { items: [] } }] }));
    expect(event.claim.resolutions).toEqual([{ kind, items: [] }]);
  });

  test.each([
    [28.62, 'usd', { amount: '28.62', currency: 'USD' }],
    ['28.620', 'USD', { amount: '28.62', currency: 'USD' }],
    [3480, 'JPY', { amount: '3480', currency: 'JPY' }],
    [1e-7, 'USD', { amount: '0.0000001', currency: 'USD' }],
  ])('a total of %s %s is money', (total, currency, amount) => {
    const resolutions = [{ type: 'REFUND', details: { total_refund_amount: total, currency } }];
    expect(eventOf(sampleWith('claim.approved', { resolutions })).event.claim.resolutions?.[0]?.amount).toEqual(amount);
  });

  test('claim ids may be numbers, and are not cut, trimmed or changed', () => {
    expect(eventOf(sampleWith('claim.created', { claim_id: 417 })).claimId).toBe('417');
    expect(eventOf(sampleWith('claim.created', { claim_id: ' Käse/#?.. ' })).claimId).toBe(' Käse/#?.. ');
    expect(eventOf(sampleWith('claim.created', { claim_id: 'é'.repeat(90) })).claimId).toHaveLength(90);
  });
});

describe('when it happened', () => {
  test.each([
    ['2026-03-02T08:00:00Z', '2026-03-02T08:00:00.000Z', []],
    ['2026-03-02T09:00:00+01:00', '2026-03-02T08:00:00.000Z', []],
    ['2031-01-01T00:00:00Z', RECEIVED, []],
    ['yesterday', RECEIVED, ['created_at']],
    [undefined, RECEIVED, []],
    [null, RECEIVED, []],
  ])('an envelope of %s happened at %s', (created_at, occurredAt, unreadable) => {
    const reading = eventOf({ ...sample('claim.created', 'api'), created_at });
    expect(reading.event.occurredAt).toBe(occurredAt);
    expect(reading.unreadable).toEqual(unreadable);
  });
});

describe('what cannot be read', () => {
  test('a part is left out and named, the event stands', () => {
    const { event, unreadable } = eventOf(
      sampleWith('claim.created', {
        items: [{ item_id: 'item001', quantity: 'many' }, 7],
        claim_description: { text: 'x' },
      }),
    );
    expect(event.claim).toMatchObject({ id: CLAIM, status: 'new', items: [{ lineItemId: 'item001' }] });
    expect(event.claim.description).toBeUndefined();
    expect(unreadable.sort()).toEqual(['claim.description', 'claim.items[0].quantity', 'claim.items[1]']);
  });

  test('money without its currency is no money', () => {
    const resolutions = [{ type: 'REFUND', details: { total_refund_amount: 5 } }];
    const { event, unreadable } = eventOf(sampleWith('claim.approved', { resolutions }));
    expect(event.claim.resolutions).toEqual([{ kind: 'refund' }]);
    expect(unreadable).toEqual(['claim.resolutions[0].amount.currency']);
  });

  test.each([
    ['nothing', undefined, 'there is no topic'],
    ['a list', [], 'there is no topic'],
    ['a text', 'claim.created', 'there is no topic'],
    ['an empty topic', { topic: '  ', body: {} }, 'there is no topic'],
    ['a topic that is no text', { topic: 7, body: {} }, 'there is no topic'],
    [
      'an unknown topic',
      { topic: 'claim.resolved', body: { claim_id: 'a' } },
      'the topic "claim.resolved" is not known',
    ],
    [
      'a topic that every object has',
      { topic: 'constructor', body: { claim_id: 'a' } },
      'the topic "constructor" is not known',
    ],
    ['no body', { topic: 'claim.created' }, 'the body is no object'],
    ['a list as body', { topic: 'claim.created', body: [] }, 'the body is no object'],
    ['no claim id', { topic: 'claim.created', body: { order_id: 'x' } }, 'there is no claim id'],
    ['an empty claim id', { topic: 'claim.created', body: { claim_id: '' } }, 'there is no claim id'],
    ['a claim id of 181 bytes', { topic: 'claim.created', body: { claim_id: 'a'.repeat(181) } }, /180 bytes/],
    [
      'a claim id of 91 letters in 182 bytes',
      { topic: 'claim.created', body: { claim_id: 'é'.repeat(91) } },
      /180 bytes/,
    ],
    [
      'a claim id that no database takes',
      { topic: 'claim.created', body: { claim_id: 'a\u0000b' } },
      /control characters/,
    ],
    [
      'a claim id that is a number and was rounded on the way',
      { topic: 'claim.created', body: { claim_id: JSON.parse('12345678901234567891') as unknown } },
      /claim id is no text/,
    ],
    ['half a character as claim id', { topic: 'claim.created', body: { claim_id: '\ud83d' } }, /control characters/],
    ['a claim id that is no text', { topic: 'claim.created', body: { claim_id: {} } }, /no text/],
  ])('%s is unusable', (_, value, reason) => {
    expect(reasonOf(value)).toEqual(reason instanceof RegExp ? expect.stringMatching(reason) : reason);
  });

  test.each([
    ['no amount', { amount: null }, /amount/],
    ['an amount in words', { amount: 'three' }, /amount/],
    ['a negative amount', { amount: -3 }, /less than nothing/],
    ['no currency', { currency: null }, /currency/],
    ['no order', { source_order_id: null }, /sourceOrderId/],
  ])('protection with %s is unusable', (_, body, reason) => {
    expect(reasonOf(sampleWith('protection.added', body))).toMatch(reason);
  });

  test('a topic is kept short and printable', () => {
    const reading = read({ topic: `a\u0000${'b'.repeat(5_000)}`, body: {} });
    expect(reading.topic).toHaveLength(100);
    expect(reading.topic).not.toContain('\u0000');
  });
});

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
      camelCased(part),
    ]),
  );
}

/** The keys are over the body as it was sent, so they differ between dialects. */
function withoutKeys(reading: WebhookReading): unknown {
  return JSON.parse(JSON.stringify(reading).replaceAll(/[0-9a-f]{64}|prot_[0-9a-f]{32}/g, 'key'));
}
