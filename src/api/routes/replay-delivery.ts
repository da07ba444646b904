import { Problem } from '../problem';
import { route } from '../route';

export const replayDelivery = route({
  method: 'post',
  path: '/v1/brands/{brand}/deliveries/{id}/replay',
  requires: 'operate',
  summary: 'Brings a stored delivery to its claim once more; what is still unreadable goes back into quarantine',
  handle: async ({ params: { brand, id } }, { store }) => {
    switch (await store.deliveries.replay(brand, id)) {
      case 'unknown':
        throw new Problem('unknown-delivery');
      case 'erased':
        throw new Problem('body-erased');
      case 'replayed':
        return { status: 202, json: { id, status: 'pending' } };
    }
  },
});
