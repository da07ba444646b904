import { parseWebhook } from '../../../src/integrations/karla/parse-webhook';
import { sample, sampleWith } from './sample';

const RECEIVED = '2026-03-02T09:14:07.000Z';
const CLAIM = '38fdc365-7de9-4313-afbd-0ed23717c5e0';

function eventOf(value: unknown) {
  const reading = parseWebhook(value, RECEIVED);
  if (reading.kind !== 'claimEvent') throw new Error(`not a claim event: ${JSON.stringify(reading)}`);
  return reading;
}
const claimIn = (said: Record<string, unknown>, ref = 'claims/updated') => eventOf(sampleWith(ref, said)).event.claim;
const orderIn = (order: Record<string, unknown>) =>
  eventOf(sampleWith('claims/updated', {}, { order: { ...sample().context.order, ...order } })).event;
const customerIn = (customer: Record<string, unknown>, order: Record<string, unknown> = {}) =>
  eventOf(sampleWith('claims/updated', {}, { customer, order })).event.customer;

test('the sample that Karla publishes: a filed claim with its order and customer', () => {
  const { event, topic, claimId, unreadable } = eventOf(sample());
  expect({ topic, claimId, unreadable }).toEqual({ topic: 'claims/created', claimId: CLAIM, unreadable: [] });
  expect(event).toEqual({
    eventKey: expect.stringMatching(/^[0-9a-f]{64}$/),
    source: 'karla',
    kind: 'created',
    occurredAt: '2023-09-23T12:00:00.000Z',
    claim: {
      id: CLAIM,
      status: 'new',
      type: 'damaged',
      damageType: 'partial',
      description: 'Package was damaged on the right side',
      requestedResolution: 'refund',
      createdAt: '2023-09-23T12:00:00.000Z',
      items: [{ sku: 'ABCD3', title: 'Product Title', quantity: 1 }],
      images: [
        'https://cdn.gokarla.io/cdn-cgi/imagedelivery/dXeULRC3hlKS2IJjZmVx9Q/74c5c049-79b5-44b9-7972-672af41e8e00/claim',
      ],
    },
    order: {
      sourceOrderId: '0000001',
      number: '0000001',
      shippingAddress: { address1: 'Gormanstr.', address2: '19a', city: 'Berlin', zip: '10119', country: 'DE' },
    },
    // The e-mail of the sample is masked by the page that prints it, so it is none.
    customer: { externalId: '123456789' },
  });
});

test('neither the key in the order status address nor the signature image is taken over', () => {
  expect(JSON.stringify(eventOf(sample()))).not.toMatch(/authenticate|signature|df4f85de/);
});

describe('what each status is', () => {
  test.each([
    ['claims/created', 'pending', 'created', 'new'],
    ['claims/created', undefined, 'created', 'new'],
    ['claims/created', null, 'created', 'new'],
    ['claims/created', 'accepted', 'approved', 'approved'],
    ['claims/updated', 'pending', 'updated', 'open'],
    ['claims/updated', undefined, 'updated', undefined],
    ['claims/updated', 'closed', 'updated', 'closed'],
    ['claims/updated', 'Accepted', 'approved', 'approved'],
    ['claims/updated', 'rejected', 'denied', 'denied'],
    ['claims/updated', 'on_hold', 'updated', 'on_hold'],
  ])('%s with status %s is %s, status %s', (ref, status, kind, ours) => {
    const { event } = eventOf(sampleWith(ref, { status }));
    expect([event.kind, event.claim.status]).toEqual([kind, ours]);
  });
});

describe('what each reason is', () => {
  test.each([
    ['damage', 'damaged', 'full'],
    ['partial_damage', 'damaged', 'partial'],
    ['damaged', 'damaged', undefined],
    ['investigation', 'not_received', undefined],
    ['return', 'return_request', undefined],
    ['support', 'support', undefined],
    ['melted', 'melted', undefined],
    [null, undefined, undefined],
  ])('%s', (reason, type, damageType) => {
    const claim = claimIn({ reason });
    expect([claim.type, claim.damageType]).toEqual([type, damageType]);
  });
});

describe('what is granted', () => {
  test.each([
    ['refund', 'refund'],
    ['reorder', 'reship'],
    ['replacement', 'reship'],
    ['voucher', 'store_credit'],
    ['coffee', 'coffee'],
    [null, 'unspecified'],
  ])('an accepted claim with the preference %s is %s for the claimed lines, without an amount', (preference, kind) => {
    const { resolutions } = claimIn({ status: 'accepted', resolution_preference: preference });
    expect(resolutions).toEqual([{ kind, items: [{ sku: 'ABCD3', title: 'Product Title', quantity: 1 }] }]);
  });

  test('before it is accepted nothing is', () => {
    expect(claimIn({ status: 'pending' }).resolutions).toBeUndefined();
    expect(claimIn({ status: 'rejected' }).resolutions).toBeUndefined();
  });
});

describe('when it happened', () => {
  const occurredAt = (said: Record<string, unknown>, triggeredAt?: unknown) =>
    eventOf({ ...sampleWith('claims/updated', said), triggered_at: triggeredAt }).event.occurredAt;

  test('is the version of the claim, not the firing of the event', () => {
    expect(occurredAt({ updated_at: '2025-05-07T11:30:11+02:00' }, '2025-06-01T00:00:00Z')).toBe(
      '2025-05-07T09:30:11.000Z',
    );
  });

  test('without a version it is the firing, and without either the arrival', () => {
    expect(occurredAt({ updated_at: null }, '2025-06-01T00:00:00Z')).toBe('2025-06-01T00:00:00.000Z');
    expect(occurredAt({ updated_at: null })).toBe(RECEIVED);
  });

  test('it never is in the future', () => {
    expect(occurredAt({ updated_at: '2099-01-01T00:00:00Z' })).toBe(RECEIVED);
  });
});

describe('the order', () => {
  test('is known by the id of the shop, and has its number', () => {
    expect(orderIn({ external_id: 'shop-77120', order_number: '10482' }).order).toMatchObject({
      sourceOrderId: 'shop-77120',
      number: '10482',
    });
  });

  test('without a number it has its name', () => {
    expect(orderIn({ external_id: 'shop-77120', order_number: null, order_name: '#10482' }).order).toMatchObject({
      sourceOrderId: 'shop-77120',
      number: '#10482',
    });
  });

  test('has an address of which each part may be missing', () => {
    const address = {
      name: 'Mira K.',
      street: 'Gormanstr. 19a',
      province: 'Berlin',
      zip_code: '10119',
      country: 'Germany',
    };
    expect(orderIn({ address }).order?.shippingAddress).toEqual({
      name: 'Mira K.',
      address1: 'Gormanstr. 19a',
      state: 'Berlin',
      zip: '10119',
      country: 'Germany',
    });
  });
});

describe('the customer', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, unknown]>([
    [
      'by their own e-mail and that of the order, each as a mark of its own',
      { email: 'mira@example.test' },
      { email_id: 'b@example.test' },
      { email: 'mira@example.test', orderEmail: 'b@example.test' },
    ],
    [
      'by the e-mail of the order alone',
      { email: null },
      { email_id: 'b@example.test' },
      { orderEmail: 'b@example.test' },
    ],
    ['and what is no e-mail is none', { email: 'none' }, { email_id: 'n/a' }, {}],
    ['with the full name', { full_name: 'Mira K.', first_name: 'M' }, {}, { name: 'Mira K.' }],
    ['else with first and last', { first_name: 'Mira', last_name: 'K.' }, {}, { name: 'Mira K.' }],
    ['else with the name on the address', {}, { address: { name: 'Mira K.' } }, { name: 'Mira K.' }],
    ['with their phone', { phone: '+49 30 1' }, { address: { phone: '+49 30 2' } }, { phone: '+49 30 1' }],
    ['else with that of the address', {}, { address: { phone: '+49 30 2' } }, { phone: '+49 30 2' }],
    ['a guest is known by the order', { external_id: null }, { external_customer_id: 77 }, { externalId: '77' }],
  ])('%s', (_name, customer, order, known) => {
    expect(customerIn(customer, order)).toEqual(known);
  });
});

test('photos of the claim, the optional ones and those of its lines are evidence', () => {
  const images = { image_urls: ['https://a/1'], optional_image_urls: ['https://a/2'] };
  const items = [
    { sku: 'A', quantity: 1, image_urls: ['https://a/3'] },
    { sku: 'B', quantity: 1 },
  ];
  expect(claimIn({ ...images, selected_items: items }).images).toEqual(['https://a/1', 'https://a/2', 'https://a/3']);
  expect(claimIn({ image_urls: [], selected_items: [] }).images).toEqual([]);
});

test('what cannot be read is left out and named, and the rest is taken', () => {
  const odd = sampleWith('claims/updated', { description: { a: 1 }, selected_items: 'all', updated_at: 'yesterday' });
  const { event, unreadable } = eventOf({ ...odd, context: 'none' });
  expect(event.claim).toMatchObject({ id: CLAIM, type: 'damaged' });
  expect(event.order).toBeUndefined();
  expect(unreadable.sort()).toEqual(['claim.description', 'claim.items', 'event_data.updated_at']);
});

describe('what is not used or cannot be', () => {
  const kindOf = (value: unknown) => {
    const reading = parseWebhook(value, RECEIVED);
    return [reading.kind, reading.topic];
  };

  test.each(['shipments/delivered/SUCCESSFULLY_DELIVERED', 'shipments/in_transit/DELAY', 'orders/created', 'tests'])(
    '%s is known and ignored',
    (ref) => {
      expect(kindOf({ ...sample(), ref })).toEqual(['ignored', ref.toLowerCase()]);
    },
  );

  test.each<[string, unknown, string | null]>([
    ['a claim ref that is not known', { ...sample(), ref: 'claims/archived' }, 'claims/archived'],
    ['no ref', { ...sample(), ref: null }, null],
    ['a ref that is no text', { ...sample(), ref: 7 }, null],
    ['no claim id', sampleWith('claims/updated', { claim_id: null }), 'claims/updated'],
    ['a claim id that no system can hold', sampleWith('claims/updated', { claim_id: 'a\u0000b' }), 'claims/updated'],
    ['a claim id over 180 bytes', sampleWith('claims/updated', { claim_id: 'é'.repeat(91) }), 'claims/updated'],
    ['event_data that is no object', { ...sample(), event_data: [1] }, 'claims/created'],
    ['a list', [sample()], null],
    ['null', null, null],
    ['a text', 'claims/created', null],
  ])('%s is for quarantine', (_name, value, topic) => {
    expect(kindOf(value)).toEqual(['unusable', topic]);
  });
});

describe('the key', () => {
  const keyOf = (value: unknown, at = RECEIVED): string => parseWebhook(value, at).dedupeKey;
  const event = sampleWith('claims/updated', { status: 'accepted' });

  test('is the same for a repeat, whose context and firing may differ, and is the key of the event', () => {
    const again = { ...event, triggered_at: '2026-01-01T00:00:00Z', context: {}, version: 2 };
    expect(keyOf(again, '2026-03-03T00:00:00Z')).toBe(keyOf(event));
    expect(eventOf(event).event.eventKey).toBe(keyOf(event));
  });

  test.each<[string, unknown]>([
    ['another version', sampleWith('claims/updated', { status: 'accepted', updated_at: '2023-09-23T12:00:01Z' })],
    ['another content of the same version', sampleWith('claims/updated', { status: 'rejected' })],
    ['another claim', sampleWith('claims/updated', { status: 'accepted', claim_id: 'c2' })],
    ['another ref', sampleWith('claims/created', { status: 'accepted' })],
    ['another shop', { ...event, shop_id: 'other' }],
  ])('is another for %s', (_name, other) => {
    expect(keyOf(other)).not.toBe(keyOf(event));
  });
});
