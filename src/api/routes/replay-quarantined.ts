import { requireBrand } from '../require-brand';
import { route } from '../route';

export const replayQuarantined = route({
  method: 'post',
  path: '/v1/brands/{brand}/deliveries/replay',
  requires: 'operate',
  summary: 'Brings all deliveries in quarantine to their claims once more; what is still unreadable goes back',
  handle: async ({ params: { brand } }, { store }) => {
    await requireBrand(store, brand);
    const replayed = await store.deliveries.replayQuarantined(brand);
    return { status: 202, json: { replayed }, noted: { replayed } };
  },
});
