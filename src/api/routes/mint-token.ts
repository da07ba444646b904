import { z } from 'zod';
import { SCOPES } from '../../store/tokens';
import { line } from '../input';
import { requireBrand } from '../require-brand';
import { route } from '../route';

export const mintToken = route({
  method: 'post',
  path: '/v1/brands/{brand}/tokens',
  requires: 'admin',
  summary: 'Mints a token; this answer is the only place where it is shown',
  body: z.strictObject({ name: line(100), scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length) }),
  noted: ({ scopes }) => ({ scopes }),
  handle: async ({ params: { brand }, body: { name, scopes } }, { store }) => {
    await requireBrand(store, brand);
    const minted = await store.tokens.mint({ brand, name, scopes: [...new Set(scopes)] });
    return { status: 201, json: minted, noted: { id: minted.id } };
  },
});
