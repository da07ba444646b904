import { hear } from '../../src/claims/hear';
import { type Klaim } from '../../src/claims/klaim';
import { klaimBy } from '../../src/claims/mapping/klaim-by';
import { digestOf, projectionOf } from '../../src/claims/projection';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, aReading, NOW } from './events';

function claimWith(reading = aReading({ status: 'open', resolutions: [] })): ClaimState {
  const filed = hear(
    aClaim(),
    anEvent('created', 'a', { claim: { items: [{ sku: 'KTL-BLU', title: 'Kettle, blue', quantity: 2 }] } }),
    [],
    NOW,
  );
  return readBack(filed, reading, filed.unread, NOW);
}

/** By the default mapping. */
const klaimOf = (state: ClaimState): Klaim => klaimBy({}, projectionOf(state));

describe('the Klaim of a claim', () => {
  test('shows every field of the claim that is known, and null for what is not', () => {
    const { title, custom } = klaimOf(claimWith());
    expect(title).toBe('Missing item – order #20417');
    expect(custom).toEqual({
      claimNumberStr: 'cmxk3v8q2',
      claimCreatedAt: '2026-03-02T09:14:07.000Z',
      statusStr: 'Open',
      typeStr: 'Missing item',
      damageTypeStr: null,
      claimDetailsTxt: 'Box came empty',
      imageRequiredBool: false,
      imageLinksTxt: null,
      customerNameStr: 'Mira K.',
      customerEmailStr: 'mira@example.test',
      customerPhoneStr: null,
      preferredCommunicationStr: null,
      orderNumberStr: '#20417',
      lineItemsTxt: '2 × Kettle, blue (KTL-BLU)',
      messageSummaryTxt: null,
      requestedResolutionStr: null,
      resolutionTypeStr: null,
      resolutionAmountNum: null,
      resolutionCurrencyStr: null,
      resolutionAt: null,
      claimUrl: 'https://claim.orderprotection.com/view/cmxk3v8q2',
      sourceStr: 'Order Protection',
    });
  });

  test('keeps whole lines of a long list and says how many more there are', () => {
    const items = Array.from({ length: 200 }, (_, index) => ({ title: `Mug number ${index}`, quantity: 1 }));
    const lines = String(
      klaimOf(claimWith(aReading({ status: 'open', resolutions: [], claim: { items } }))).custom['lineItemsTxt'],
    );
    expect(lines.length).toBeLessThanOrEqual(1_024);
    expect(lines).toMatch(/\n\+\d+ more$/);
  });

  test('keeps the newest messages, newest last', () => {
    const messages = Array.from({ length: 30 }, (_, index) => ({
      text: `Message ${index} ${'x'.repeat(100)}`,
      author: 'customer',
    }));
    const summary = String(
      klaimOf(claimWith(aReading({ status: 'open', resolutions: [], messages }))).custom['messageSummaryTxt'],
    );
    expect(summary.length).toBeLessThanOrEqual(1_024);
    expect(summary.split('\n').at(-1)).toMatch(/^customer: Message 29/);
  });

  test('names the reasons of a denial', () => {
    const state = hear(
      claimWith(),
      anEvent('denied', 'b', { occurredAt: '2026-03-03T00:00:00Z', claim: { denialReasons: ['NO_RESPONSE'] } }),
      [],
      NOW,
    );
    expect(klaimOf(state).custom).toMatchObject({
      statusStr: 'Denied',
      resolutionTypeStr: 'Denied: No response',
      resolutionAmountNum: null,
    });
  });

  test('shows what the source itself says was decided where nothing was commanded', () => {
    const credit = { kind: 'store_credit', amount: { amount: '5.50', currency: 'USD' } };
    const { custom } = klaimOf(claimWith(aReading({ status: 'resolved', resolutions: [credit] })));
    expect(custom).toMatchObject({
      resolutionTypeStr: 'Store credit',
      resolutionAmountNum: 5.5,
      resolutionCurrencyStr: 'USD',
    });
    const undecided = klaimOf(claimWith(aReading({ status: 'open', resolutions: [credit] }))).custom;
    expect(undecided).toMatchObject({ resolutionTypeStr: null, resolutionAmountNum: null });
  });

  test('names each amount where they are in several currencies, and no sum', () => {
    const resolutions = [
      { kind: 'refund', amount: { amount: '5.50', currency: 'USD' } },
      { kind: 'refund', amount: { amount: '3.00', currency: 'EUR' } },
    ];
    expect(klaimOf(claimWith(aReading({ status: 'resolved', resolutions }))).custom).toMatchObject({
      resolutionTypeStr: 'Refund 5.50 USD + Refund 3.00 EUR',
      resolutionAmountNum: null,
      resolutionCurrencyStr: null,
    });
  });

  test("says of Karla's decision that it is what the customer asked for, without an amount", () => {
    const event = anEvent('approved', 'k', {
      source: 'karla',
      claim: { type: 'damaged', images: ['https://cdn.example/a.jpg'], resolutions: [{ kind: 'reship' }] },
    });
    expect(klaimOf(hear(aClaim(), event, [], NOW)).custom).toMatchObject({
      statusStr: 'Approved',
      resolutionTypeStr: 'Reship (requested)',
      resolutionAmountNum: null,
      resolutionAt: '2026-03-02T09:14:07.000Z',
      imageRequiredBool: true,
      claimUrl: null,
      sourceStr: 'Karla',
    });
  });

  test('has another digest exactly when it shows something else', () => {
    const claim = projectionOf(claimWith());
    expect(digestOf(projectionOf(claimWith()))).toBe(digestOf(claim));
    expect(digestOf({ ...claim, images: ['https://images.example/box.jpg'] })).not.toBe(digestOf(claim));
  });
});
