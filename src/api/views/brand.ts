import { z } from 'zod';
import { brandSlug, brandView } from '../../store/brand-config';
import { type BrandSummary } from '../../store/brands';
import { type RefusedKey } from '../../store/refused-keys';
import { instant } from './common';

/** A brand in a list. */
export const listedBrand = z
  .strictObject({ brand: z.string(), name: z.string(), createdAt: instant, updatedAt: instant })
  .meta({ id: 'ListedBrand' }) satisfies z.ZodType<BrandSummary>;

const refusedKey = z
  .strictObject({ partner: z.string().meta({ example: 'kustomer' }), since: instant, message: z.string() })
  .meta({ id: 'RefusedKey' }) satisfies z.ZodType<RefusedKey>;

/** A brand with its configuration, and with the keys that its partners refuse. */
export const brand = z
  .strictObject({
    brand: brandSlug,
    attention: z.enum(['none', 'credentials']),
    refusedKeys: z.array(refusedKey).meta({ description: 'The keys that partners refuse: put others' }),
    ...brandView.shape,
  })
  .meta({ id: 'Brand' });
export type ShownBrand = z.output<typeof brand>;

/** A brand as it was put. */
export const putResult = brand
  .extend({ warnings: z.array(z.string()).meta({ description: 'What could not be checked, and why' }) })
  .meta({ id: 'PutBrand' });
