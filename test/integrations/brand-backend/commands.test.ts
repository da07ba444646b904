import { brandCommand } from '../../../src/integrations/brand-backend/commands';
import {
  escalate,
  remindOf,
  requestResolution,
  tellProtection,
  withdraw,
} from '../../../src/integrations/brand-backend/compose';
import { AT, context, LATER, resolution } from './requested';

const requested = requestResolution(resolution(), context);
const data = {
  brand: 'acme',
  claimId: 'cmxk3v8q2',
  resolutionId: 'res_9f0c2a417be05d11',
  kind: 'refund',
  order: { sourceOrderId: 'BR-20417', number: '#20417' },
  items: [{ lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }],
  amount: { amount: '28.62', currency: 'USD' },
  shippingAddress: null,
  unconfirmedAddress: null,
  answer: {
    method: 'PUT',
    url: 'https://claims.example/v1/brands/acme/claims/cmxk3v8q2/resolutions/res_9f0c2a417be05d11',
  },
  dueAt: '2026-03-05T09:14:07.000Z',
};

/** What came out, as the brand reads it: the order of keys is part of the bytes. */
const written = (value: unknown): string => JSON.stringify(value);

test('a request says what to do, where to answer and until when', () => {
  expect(requested).toEqual({
    webhookId: 'res_9f0c2a417be05d11',
    body: written({ type: 'resolution.requested', timestamp: AT, data }),
  });
});

test('a reship has an address and no money', () => {
  const address = { name: 'Ada Vale', address1: '18 Harbour Rd', city: 'Portland', zip: '97201', country: 'US' };
  const { body } = requestResolution(resolution({ kind: 'reship', amount: null, shippingAddress: address }), context);
  expect(JSON.parse(body)).toMatchObject({ data: { kind: 'reship', amount: null, shippingAddress: address } });
});

test('the address for the answer survives any claim id', () => {
  const { body } = requestResolution(resolution(), { ...context, claimId: 'Käse #1/2' });
  expect(JSON.parse(body)).toMatchObject({
    data: {
      claimId: 'Käse #1/2',
      answer: {
        url: 'https://claims.example/v1/brands/acme/claims/K%C3%A4se%20%231%2F2/resolutions/res_9f0c2a417be05d11',
      },
    },
  });
});

test('a reminder and a withdrawal repeat the data of the request to the letter', () => {
  expect(remindOf(requested.body, LATER)).toEqual({
    webhookId: 'res_9f0c2a417be05d11.reminder.1',
    body: written({ type: 'resolution.reminder', timestamp: LATER, data }),
  });
  expect(withdraw(requested.body, LATER)).toEqual({
    webhookId: 'res_9f0c2a417be05d11.withdrawn',
    body: written({ type: 'resolution.withdrawn', timestamp: LATER, data }),
  });
});

test('an escalation repeats the data of each open request', () => {
  const other = requestResolution(resolution({ id: 'res_0000000000000002', kind: 'reship', amount: null }), context);
  const escalation = escalate(context, [requested.body, other.body], { number: 1, at: LATER });
  expect(escalation).toEqual({
    webhookId: 'cmxk3v8q2.escalated.1',
    body: written({
      type: 'claim.escalated',
      timestamp: LATER,
      data: {
        brand: 'acme',
        claimId: 'cmxk3v8q2',
        resolutions: [data, (JSON.parse(other.body) as { data: unknown }).data],
      },
    }),
  });
});

test.each(['added', 'removed'] as const)('protection %s tells what to bill or to give back', (action) => {
  const protection = {
    eventId: 'prot_1',
    action,
    occurredAt: AT,
    order: { id: 'cmxk1', sourceOrderId: 'BR-20417' },
    amount: { amount: '3.45', currency: 'EUR' },
  };
  expect(tellProtection('acme', protection)).toEqual({
    webhookId: 'prot_1',
    body: written({
      type: `protection.${action}`,
      timestamp: AT,
      data: {
        brand: 'acme',
        eventId: 'prot_1',
        order: { sourceOrderId: 'BR-20417', number: null },
        amount: { amount: '3.45', currency: 'EUR' },
      },
    }),
  });
});

test('the contract is strict: a word more or less is no command', () => {
  const command = JSON.parse(requested.body) as Record<string, unknown>;
  const { dueAt: _dueAt, ...incomplete } = data;
  expect(brandCommand.safeParse(command).success).toBe(true);
  expect(brandCommand.safeParse({ ...command, note: 'x' }).success).toBe(false);
  expect(brandCommand.safeParse({ ...command, data: { ...data, note: 'x' } }).success).toBe(false);
  expect(brandCommand.safeParse({ ...command, data: incomplete }).success).toBe(false);
  expect(brandCommand.safeParse({ ...command, type: 'resolution.done' }).success).toBe(false);
});
