import { hear } from '../../../src/claims/hear';
import { klaimBy } from '../../../src/claims/mapping/klaim-by';
import { projectionOf } from '../../../src/claims/projection';
import { type ClaimEvent } from '../../../src/claims/event';
import { withinLimits } from '../../../src/integrations/kustomer/limits';
import { aClaim, anEvent, NOW } from '../../claims/events';
import { withDesk } from './desk';

const HEBREW = 'הקופסה הגיעה ריקה ';
const many = <T>(count: number, one: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => one(n));

test.each<[string, Partial<ClaimEvent['claim']>]>([
  ['four-byte characters at the cut', { description: `${'a'.repeat(1_022)}${'😀'.repeat(40)}` }],
  ['four-byte characters throughout', { description: '🫖'.repeat(4_000) }],
  ['right-to-left text', { description: HEBREW.repeat(200), items: [{ title: `\u202E${HEBREW}`, quantity: 1 }] }],
  ['200 items', { items: many(200, (n) => ({ title: `קומקום ${n} 😀`, sku: `S-${n}`, quantity: n })) }],
  ['50 images', { images: many(50, (n) => `https://images.example/${n}/ä ${'x'.repeat(300)}.jpg`) }],
  ['50 long messages', { messages: many(50, (n) => ({ text: `${n} ${'👩‍👩‍👧'.repeat(90)}`, author: 'customer' })) }],
  ['empty texts', { description: '', items: [], images: [], messages: [], number: '' }],
  ['nothing at all', {}],
])('%s: the Klaim is written, within limits, and shows what was sent', async (_what, claim) => {
  const klaim = klaimBy({}, projectionOf(hear(aClaim(), anEvent('created', 'a', { claim }), [], NOW)));
  await withDesk({}, async (desk) => {
    await desk.sync({ klaim });
    const { custom, title, description, images = [] } = desk.theKlaim();
    const sent = withinLimits(klaim);
    expect({ title, description, images }).toEqual({
      title: sent.title,
      description: sent.description,
      images: sent.images,
    });
    expect(images.length).toBeLessThanOrEqual(20);
    const known = Object.entries(sent.custom).filter(([, value]) => value !== null);
    expect(custom).toEqual(Object.fromEntries(known));
    for (const value of Object.values(custom)) {
      expect(String(value).length).toBeLessThanOrEqual(1_024);
      expect(String(value)).not.toMatch(/\p{Surrogate}/u);
    }
  });
});
