import { z } from 'zod';
import { SCOPES, type TokenSummary } from '../../store/tokens';
import { instant } from './common';

const scopes = z.array(z.enum(SCOPES));

/** A token in a list. */
export const listedToken = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    scopes,
    createdAt: instant,
    lastUsedAt: instant.nullable().meta({ description: 'Exact to a minute' }),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Token' }) satisfies z.ZodType<TokenSummary>;

/** A token as it is shown once. */
export const mintedToken = z
  .strictObject({
    id: z.string(),
    token: z.string().meta({ description: 'Shown here and never again', example: 'ck_…' }),
    scopes,
    expiresAt: instant.nullable(),
  })
  .meta({ id: 'MintedToken' });
