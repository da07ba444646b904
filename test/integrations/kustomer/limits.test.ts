import fc from 'fast-check';
import { type Klaim } from '../../../src/claims/klaim';
import { fit, withinLimits } from '../../../src/integrations/kustomer/limits';
import { openDesk } from './desk';

const unicode = (maxLength: number) => fc.string({ unit: 'binary', maxLength });

test('a text within the limit is left as it is', () => {
  fc.assert(fc.property(unicode(40), (text) => expect(fit(text, 80)).toBe(text)));
});

test('a text over the limit ends in an ellipsis, is a beginning of the whole, and is within the limit by either count', () => {
  fc.assert(
    fc.property(unicode(60), fc.integer({ min: 1, max: 20 }), (text, limit) => {
      fc.pre(text.length > limit);
      const cut = fit(text, limit);
      expect(cut.endsWith('…')).toBe(true);
      expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(limit);
      expect(Array.from(cut).length).toBeLessThanOrEqual(limit);
      // As much is kept as fits; at the very end half a pair may be given up.
      expect(cut.length).toBeGreaterThanOrEqual(limit - 2);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});

test.each([
  ['inside an emoji', `${'a'.repeat(1_022)}😀😀`, `${'a'.repeat(1_022)}…`],
  ['exactly full', 'é'.repeat(1_024), 'é'.repeat(1_024)],
  ['one too many', 'é'.repeat(1_025), `${'é'.repeat(1_023)}…`],
  ['half a pair', 'a\uD83Db', 'a\uFFFDb'],
])('the cut is never inside a character: %s', (_name, text, expected) => {
  expect(fit(text, 1_024)).toBe(expected);
});

const anyKlaim: fc.Arbitrary<Klaim> = fc.record({
  title: fc.oneof(unicode(10), fc.string({ unit: 'grapheme', minLength: 200, maxLength: 400, size: 'max' })),
  description: fc.oneof(unicode(10), fc.string({ unit: 'grapheme', minLength: 9_000, maxLength: 11_000, size: 'max' })),
  images: fc.array(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), { maxLength: 40, size: 'max' }),
  custom: fc.record({
    statusStr: fc.option(unicode(20)),
    claimDetailsTxt: fc.string({ unit: 'grapheme', minLength: 900, maxLength: 1_300, size: 'max' }),
    lineItemsTxt: fc.constantFrom('商品'.repeat(2_000), '\u0001'.repeat(2_000), 'kettle'),
    imageRequiredBool: fc.boolean(),
    resolutionAmountNum: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
    claimUrl: fc.oneof(fc.webUrl(), fc.string()),
  }),
});

test('any Klaim is taken by Kustomer, and stands as it was sent', async () => {
  const desk = await openDesk({ settings: { updatesPerObjectAndMinute: 10_000 } });
  try {
    await fc.assert(
      fc.asyncProperty(anyKlaim, async (klaim) => {
        await desk.sync({ klaim });
        const { title, description, images } = desk.theKlaim();
        expect({ title, description, images }).toEqual(onlyTexts(withinLimits(klaim)));
      }),
      { numRuns: 40, seed: 20_417 },
    );
    const sizes = desk.kustomer
      .requests({ path: 'klasses' })
      .map(({ headers }) => Number(headers['content-length'] ?? 0));
    expect(Math.max(...sizes)).toBeLessThan(65_536);
  } finally {
    await desk.kustomer.stop();
  }
});

const onlyTexts = ({ title, description, images }: Klaim) => ({ title, description, images });

test('a Klaim whose every text is long gives way everywhere alike, and stays below 64 kB', () => {
  const attributes = Array.from({ length: 60 }, (_, index) => [`note${index}Txt`, '配送'.repeat(1_000)]);
  const huge: Klaim = {
    title: '😀'.repeat(300),
    description: '\u0001'.repeat(20_000),
    images: Array.from({ length: 30 }, (_, index) => `https://images.example/${index}/${'x'.repeat(1_900)}`),
    custom: Object.fromEntries(attributes),
  };
  const fitted = withinLimits(huge);
  expect(Buffer.byteLength(JSON.stringify(fitted))).toBeLessThan(65_536);
  expect(Object.values(fitted.custom).every((text) => String(text).endsWith('…'))).toBe(true);
  expect(fitted.description.endsWith('…')).toBe(true);
  expect(fitted.images.length).toBeGreaterThan(0);
});

test('a title is never empty, and a link that is none is left out', () => {
  const { title, images, custom } = withinLimits({
    title: '',
    description: '',
    images: ['https://images.example/ä.jpg', 'box.jpg'],
    custom: { claimUrl: 'soon', statusStr: null },
  });
  expect({ title, images, custom }).toEqual({
    title: 'Claim',
    images: ['https://images.example/%C3%A4.jpg'],
    custom: { claimUrl: null, statusStr: null },
  });
});
