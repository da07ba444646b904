import { z } from 'zod';
import { Problem } from '../problem';
import { route } from '../route';

export const replayDelivery = route({
  name: 'replayDelivery',
  method: 'post',
  path: '/v1/brands/{brand}/deliveries/{id}/replay',
  requires: 'operate',
  summary: 'Brings a stored delivery to its claim once more; what is still unreadable goes back into quarantine',
  answers: { 202: z.strictObject({ id: z.string(), status: z.literal('pending') }) },
  problems: ['unknown-delivery', 'body-erased'],
  handle: async ({ params: { brand, id } }, { store }) => {
    switch (await store.deliveries.replay(brand, id)) {
      case 'unknown':
        throw new Problem('unknown-delivery');
      case 'erased':
        throw new Problem('body-erased');
      case 'replayed':
        return { status: 202, json: { id, status: 'pending' as const } };
    }
  },
});
