import { z } from 'zod';
import { requireBrand } from '../require-brand';
import { route } from '../route';

export const replayQuarantined = route({
  name: 'replayQuarantined',
  method: 'post',
  path: '/v1/brands/{brand}/deliveries/replay',
  requires: 'operate',
  summary: 'Brings all deliveries in quarantine to their claims once more; what is still unreadable goes back',
  answers: { 202: z.strictObject({ replayed: z.int().meta({ description: 'How many' }) }) },
  problems: [],
  handle: async ({ params: { brand } }, { store }) => {
    await requireBrand(store, brand);
    const replayed = await store.deliveries.replayQuarantined(brand);
    return { status: 202, json: { replayed }, noted: { replayed } };
  },
});
