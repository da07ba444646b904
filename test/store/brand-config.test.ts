import { z } from 'zod';
import { addressesOf, brandInput, brandSlug, brandView } from '../../src/store/brand-config';

const signingSecret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

const whole = {
  name: 'Acme',
  orderProtection: { apiToken: 'token', webhookSecrets: ['one', 'two'], report: { via: 'http' } },
  karla: { shopId: 'shop', shopSlug: 'acme', webhookSecrets: ['secret'] },
  kustomer: { org: 'acme', apiKey: 'key' },
  backend: { url: 'https://acme.example/commands', signingSecrets: [signingSecret] },
};

/** `whole` with one part replaced. */
const withPart = (section: keyof typeof whole, part: object): unknown => ({
  ...whole,
  [section]: { ...(whole[section] as object), ...part },
});

test('a name alone is a brand: all else has defaults or is switched off', () => {
  expect(brandInput.parse({ name: 'Acme' })).toEqual({
    name: 'Acme',
    policy: { remindAfterHours: 24, escalateAfterHours: 72, quietHours: 24, retentionDays: 90 },
  });
});

test('every section has the documented defaults', () => {
  const parsed = brandInput.parse(whole);
  expect(parsed.orderProtection).toMatchObject({
    confirmApprovals: true,
    pollMinutes: 15,
    report: {
      via: 'http',
      method: 'POST',
      path: '/v1/claims/{claimId}/resolutions',
      body: {
        type: '{kind}',
        reshipmentSourceOrderId: '{reshipOrderId}',
        refundId: '{refundId}',
        amount: '{amount}',
        currency: '{currency}',
      },
    },
  });
  expect(brandInput.parse(withPart('orderProtection', { report: undefined })).orderProtection?.report).toEqual({
    via: 'orders',
  });
  expect(parsed.karla).toMatchObject({ commands: false });
  expect(parsed.kustomer).toMatchObject({ klass: 'klaim', requestsPerMinute: 300, mapping: {} });
});

test('hours, minutes and days may be fractions, and a base address loses its last slash', () => {
  const parsed = brandInput.parse({
    ...(withPart('orderProtection', { pollMinutes: 0.05, baseUrl: 'http://127.0.0.1:4010/op/' }) as object),
    policy: { quietHours: 0.001, retentionDays: 0.5 },
  });
  expect(parsed.policy).toMatchObject({ quietHours: 0.001, retentionDays: 0.5, remindAfterHours: 24 });
  expect(parsed.orderProtection).toMatchObject({ pollMinutes: 0.05, baseUrl: 'http://127.0.0.1:4010/op' });
});

test.each<[string, unknown]>([
  ['name', { ...whole, name: ' ' }],
  ['', { ...whole, nickname: 'A' }],
  ['orderProtection', withPart('orderProtection', { token: 'x' })],
  ['orderProtection.apiToken', withPart('orderProtection', { apiToken: '' })],
  ['orderProtection.apiToken', withPart('orderProtection', { apiToken: { set: true, lastFour: 'oken', since: 'x' } })],
  ['orderProtection.webhookSecrets.0', withPart('orderProtection', { webhookSecrets: ['a b'] })],
  ['orderProtection.baseUrl', withPart('orderProtection', { baseUrl: 'https://op.example/v1' })],
  ['orderProtection.baseUrl', withPart('orderProtection', { baseUrl: 'ftp://op.example' })],
  ['orderProtection.pollMinutes', withPart('orderProtection', { pollMinutes: -1 })],
  ['orderProtection.report.via', withPart('orderProtection', { report: { via: 'fax' } })],
  ['orderProtection.report.path', withPart('orderProtection', { report: { via: 'http', path: 'v1/x' } })],
  ['orderProtection.report.path', withPart('orderProtection', { report: { via: 'http', path: '/v1/{claim}' } })],
  ['orderProtection.report.body.a', withPart('orderProtection', { report: { via: 'http', body: { a: '{b}' } } })],
  ['orderProtection.report', withPart('orderProtection', { report: { via: 'orders', path: '/v1' } })],
  ['kustomer.org', withPart('kustomer', { org: 'acme.example/' })],
  ['kustomer.mapping.customStr', withPart('kustomer', { mapping: { customStr: 5 } })],
  ['kustomer.mapping.customStr', withPart('kustomer', { mapping: { customStr: { const: [] } } })],
  ['kustomer.mapping.customA', withPart('kustomer', { mapping: { customA: 'claim.status' } })],
  ['kustomer.mapping.customStr', withPart('kustomer', { mapping: { customStr: 'claim.stauts' } })],
  ['kustomer.mapping.customNum', withPart('kustomer', { mapping: { customNum: 'claim.createdAt' } })],
  ['kustomer.requestsPerMinute', withPart('kustomer', { requestsPerMinute: 0 })],
  ['backend.url', withPart('backend', { url: 'https://user:pass@acme.example' })],
  ['backend.url', withPart('backend', { url: undefined })],
  ['backend.signingSecrets.0', withPart('backend', { signingSecrets: ['whsec_c2hvcnQ='] })],
  ['backend.signingSecrets.0', withPart('backend', { signingSecrets: ['no prefix'] })],
  ['policy.quietHours', { ...whole, policy: { quietHours: 0 } }],
])('a fault is named by its place: %s', (place, input) => {
  const { error } = brandInput.safeParse(input);
  expect(error?.issues.map(({ path }) => path.join('.'))).toContain(place);
});

test('a mapping is kept as it is given', () => {
  const mapping = { customOrderStr: 'order.number', customBrandStr: { const: 'Acme' }, customAmountNum: null };
  expect(brandInput.parse(withPart('kustomer', { mapping })).kustomer?.mapping).toEqual(mapping);
});

test.each(['acme', 'a', '0-9', 'a'.repeat(40)])('%s is a brand', (brand) => {
  expect(brandSlug.parse(brand)).toBe(brand);
});

test.each(['', 'Acme', 'a_b', 'a/b', 'a'.repeat(41), 'ä'])('"%s" is no brand', (brand) => {
  expect(brandSlug.safeParse(brand).success).toBe(false);
});

test('every address that a configuration gives is named with its place', () => {
  const input = brandInput.parse(withPart('kustomer', { baseUrl: 'http://127.0.0.1:4011' }));
  expect(addressesOf(input)).toEqual([
    { path: ['kustomer', 'baseUrl'], url: 'http://127.0.0.1:4011' },
    { path: ['backend', 'url'], url: 'https://acme.example/commands' },
  ]);
});

test('what is put and what is shown can be described as JSON Schema', () => {
  expect(z.toJSONSchema(brandInput, { io: 'input' })).toMatchObject({
    $ref: '#/$defs/BrandInput',
    $defs: { BrandInput: { type: 'object', required: ['name'], additionalProperties: false } },
  });
  expect(z.toJSONSchema(brandView)).toMatchObject({
    type: 'object',
    required: ['name', 'orderProtection', 'karla', 'kustomer', 'backend', 'policy'],
    additionalProperties: false,
  });
});
