import { z } from 'zod';
import { brandSlug, brandView } from '../../store/brand-config';
import { type BrandSummary } from '../../store/brands';
import { instant } from './common';

/** A brand in a list. */
export const listedBrand = z
  .strictObject({ brand: z.string(), name: z.string(), createdAt: instant, updatedAt: instant })
  .meta({ id: 'ListedBrand' }) satisfies z.ZodType<BrandSummary>;

/** A brand with its configuration. */
export const brand = z.strictObject({ brand: brandSlug, ...brandView.shape }).meta({ id: 'Brand' });

/** A brand as it was put. */
export const putResult = brand
  .extend({ warnings: z.array(z.string()).meta({ description: 'What could not be checked, and why' }) })
  .meta({ id: 'PutBrand' });
