import { z } from 'zod';
import { SCOPES } from '../../store/tokens';
import { line } from '../input';
import { invalidInput } from '../invalid-input';
import { requireBrand } from '../require-brand';
import { route } from '../route';
import { mintedToken } from '../views/token';

const terms = z
  .strictObject({
    name: line(100),
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
    expiresAt: z.iso
      .datetime({ offset: true, error: 'must be a time by RFC 3339 such as "2027-01-31T00:00:00Z"' })
      .exactOptional()
      .meta({ description: 'RFC 3339, in the future; left out, it does not expire', example: '2027-01-31T00:00:00Z' }),
  })
  .meta({ id: 'TokenTerms' });

export const mintToken = route({
  name: 'mintToken',
  method: 'post',
  path: '/v1/brands/{brand}/tokens',
  requires: 'admin',
  summary: 'Mints a token; this answer is the only place where it is shown',
  answers: { 201: mintedToken },
  problems: [],
  body: terms,
  noted: ({ scopes }) => ({ scopes }),
  handle: async ({ params: { brand }, body: { name, scopes, expiresAt } }, { store, now }) => {
    await requireBrand(store, brand);
    const expires = expiresAt === undefined ? null : new Date(expiresAt);
    if (expires !== null && expires <= now())
      throw invalidInput([{ path: 'expiresAt', message: 'must be in the future' }]);
    const minted = await store.tokens.mint({
      brand,
      name,
      scopes: [...new Set(scopes)],
      expiresAt: expires?.toISOString() ?? null,
    });
    return { status: 201, json: minted, noted: { id: minted.id } };
  },
});
