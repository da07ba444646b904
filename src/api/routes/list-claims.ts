import { z } from 'zod';
import { ATTENTIONS } from '../../claims/attention';
import { PHASES } from '../../claims/phase';
import { requireBrand } from '../require-brand';
import { cursor, line } from '../input';
import { route } from '../route';
import { claimListItem } from '../views/claim';
import { pageOf } from '../views/common';

export const listClaims = route({
  name: 'listClaims',
  method: 'get',
  path: '/v1/brands/{brand}/claims',
  requires: 'read',
  summary: 'Lists claims: those under way, or with a phase of rest those that ended',
  answers: { 200: pageOf(claimListItem) },
  problems: ['temporal-unavailable'],
  query: z.strictObject({
    phase: z.enum(PHASES).exactOptional(),
    attention: z.enum(ATTENTIONS).exactOptional(),
    order: line(512).exactOptional().meta({ description: "The shop's own order id" }),
    cursor: cursor.exactOptional(),
  }),
  handle: async ({ params: { brand }, query }, { store, claims }) => {
    await requireBrand(store, brand);
    return { status: 200, json: await claims.list(brand, query) };
  },
});
