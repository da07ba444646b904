import { hear } from '../../src/claims/hear';
import { digestOf, klaimOf } from '../../src/claims/projection';
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
      imageRequiredBool: null,
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

  test('cuts long text by code points, visibly', () => {
    const state = claimWith(aReading({ status: 'open', resolutions: [], claim: { description: '🫖'.repeat(3_000) } }));
    const details = String(klaimOf(state).custom['claimDetailsTxt']);
    expect(Array.from(details)).toHaveLength(1_024);
    expect(details.endsWith('🫖…')).toBe(true);
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

  test('has another digest exactly when it shows something else', () => {
    const klaim = klaimOf(claimWith());
    expect(digestOf(klaimOf(claimWith()))).toBe(digestOf(klaim));
    expect(digestOf({ ...klaim, title: 'Another' })).not.toBe(digestOf(klaim));
  });
});
