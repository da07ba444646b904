import { Problem } from '../problem';
import { requireBrand } from '../require-brand';
import { route } from '../route';

export const removeBrand = route({
  name: 'removeBrand',
  method: 'delete',
  path: '/v1/brands/{brand}',
  requires: 'admin',
  summary: 'Removes a brand that has no open claims and no pending deliveries, with its secrets and tokens',
  answers: { 204: null },
  problems: ['claims-open', 'temporal-unavailable'],
  handle: async ({ params: { brand } }, { store, claims }) => {
    await requireBrand(store, brand);
    const { items: pending } = await store.deliveries.list(brand, { status: 'pending' });
    if (pending.length > 0)
      throw new Problem(
        'claims-open',
        'Deliveries of this brand are pending: they may be of claims that are not open yet.',
      );
    if (await claims.hasOpen(brand)) throw new Problem('claims-open');
    await store.brands.remove(brand);
    return { status: 204 };
  },
});
