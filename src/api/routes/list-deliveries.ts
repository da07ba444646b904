import { z } from 'zod';
import { DELIVERY_STATUSES } from '../../store/deliveries';
import { cursor } from '../input';
import { requireBrand } from '../require-brand';
import { route } from '../route';
import { pageOf } from '../views/common';
import { delivery } from '../views/delivery';

export const listDeliveries = route({
  name: 'listDeliveries',
  method: 'get',
  path: '/v1/brands/{brand}/deliveries',
  requires: 'operate',
  summary: 'Lists what was received for a brand, newest first',
  answers: { 200: pageOf(delivery) },
  problems: [],
  query: z.strictObject({ status: z.enum(DELIVERY_STATUSES).exactOptional(), cursor: cursor.exactOptional() }),
  handle: async ({ params: { brand }, query }, { store }) => {
    await requireBrand(store, brand);
    return { status: 200, json: await store.deliveries.list(brand, query) };
  },
});
