import { readClaimEvent, type ClaimEvent } from '../../src/claims/event';
import { beginClaim, type ClaimState, type Policy } from '../../src/claims/state';
import { type ClaimReading } from '../../src/claims/source-claim';

/** A claim of the tests: one policy, one clock, events by builder. */
export const NOW = '2026-03-10T12:00:00.000Z';
export const POLICY: Policy = {
  approvals: { 'order-protection': 'readBack', karla: 'shown' },
  remindAfterHours: 24,
  escalateAfterHours: 72,
  quietHours: 24,
};
export const CLAIM_ID = 'cmxk3v8q2';

export function aClaim(policy: Partial<Policy> = {}): ClaimState {
  return beginClaim('acme', CLAIM_ID, { ...POLICY, ...policy }, NOW);
}

type Said = Partial<Omit<ClaimEvent, 'claim'>> & { claim?: Partial<ClaimEvent['claim']> };

export function anEvent(kind: ClaimEvent['kind'], eventKey: string, said: Said = {}): ClaimEvent {
  const { claim, ...rest } = said;
  const value = {
    eventKey,
    source: 'order-protection',
    kind,
    occurredAt: '2026-03-02T09:14:07.000Z',
    ...rest,
    claim: { id: CLAIM_ID, ...claim },
  };
  const reading = readClaimEvent(value);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.event;
}

export const REFUND = {
  kind: 'refund',
  items: [{ lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }],
  amount: { amount: '28.62', currency: 'USD' },
};
export const RESHIP = {
  kind: 'reship',
  items: [{ lineItemId: 'li-9002', sku: 'MUG-4', title: 'Mug set', quantity: 1 }],
};
const ADDRESS = { address1: '18 Harbour Rd', city: 'Portland', state: 'OR', zip: '97201', country: 'US' };

export function aReading(said: Partial<ClaimReading & { found: true }> = {}): ClaimReading & { found: true } {
  return {
    found: true,
    status: 'approved',
    updatedAt: '2026-03-02T09:20:00.000Z',
    claim: { type: 'missing_item', description: 'Box came empty', createdAt: '2026-03-02T09:14:07.000Z' },
    messages: [],
    resolutions: [REFUND],
    order: { sourceOrderId: 'BR-20417', number: '#20417', shippingAddress: ADDRESS },
    customer: { email: 'mira@example.test', name: 'Mira K.' },
    ...said,
  };
}
