import { type Resolution } from '../../../src/claims/resolution';
import { type RequestContext } from '../../../src/integrations/brand-backend/compose';

export const AT = '2026-03-02T09:14:07.000Z';
export const LATER = '2026-03-03T09:14:07.000Z';

/** Who is asked, about which order. */
export const context: RequestContext = {
  brand: 'acme',
  claimId: 'cmxk3v8q2',
  order: { sourceOrderId: 'BR-20417', number: '#20417' },
  publicUrl: 'https://claims.example/',
};

/** A refund as it is commanded. */
export function resolution(over: Partial<Resolution> = {}): Resolution {
  return {
    id: 'res_9f0c2a417be05d11',
    ordinal: 1,
    decisionKey: 'k',
    despite: [],
    insteadOf: [],
    approvedAs: null,
    kind: 'refund',
    items: [{ lineItemId: 'li-9001', sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 1 }],
    amount: { amount: '28.62', currency: 'USD' },
    shippingAddress: null,
    unconfirmedAddress: null,
    commandedAt: AT,
    remindAt: LATER,
    dueAt: '2026-03-05T09:14:07.000Z',
    progress: { state: 'commanded', sentAt: null, remindedAt: null, escalatedAt: null },
    ...over,
  };
}
