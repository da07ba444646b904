import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { type Sql } from './database';
import { tokens } from './schema';
import { hashOfToken, isTokenText, newTokenText } from './token-text';

/** What a token may do; no scope implies another. */
export const SCOPES = ['read', 'resolve', 'operate', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** A token as it is listed: never the token itself. */
export interface TokenSummary {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

/** A valid token. */
export interface FoundToken {
  id: string;
  brand: string;
  scopes: readonly Scope[];
}

/** The brands' API tokens, stored as hashes only. */
export interface TokenStore {
  /** `null` for a token that is unknown, revoked or expired. */
  find(token: string): Promise<FoundToken | null>;
  /** The one time the token is seen in clear. */
  mint(terms: {
    brand: string;
    name: string;
    scopes: Scope[];
    expiresAt?: string | null;
  }): Promise<{ id: string; token: string; scopes: Scope[]; expiresAt: string | null }>;
  list(brand: string): Promise<TokenSummary[]>;
  /** `false` when the brand has none with this id. */
  revoke(brand: string, id: string): Promise<boolean>;
}

/** The time of the last use is exact to a minute, so that not every request is a write. */
const lastUseUnseen = sql<boolean>`coalesce(${tokens.lastUsedAt} < now() - interval '1 minute', true)`;

export function createTokens(db: Sql): TokenStore {
  return {
    async find(token) {
      if (!isTokenText(token)) return null;
      const valid = and(
        eq(tokens.hash, hashOfToken(token)),
        isNull(tokens.revokedAt),
        or(isNull(tokens.expiresAt), gt(tokens.expiresAt, sql`now()`)),
      );
      const [found] = await db
        .select({ id: tokens.id, brand: tokens.brand, scopes: tokens.scopes, unseen: lastUseUnseen })
        .from(tokens)
        .where(valid);
      if (found === undefined) return null;
      const { unseen, ...terms } = found;
      if (unseen)
        await db
          .update(tokens)
          .set({ lastUsedAt: sql`now()` })
          .where(eq(tokens.id, found.id));
      return terms;
    },

    async mint({ brand, name, scopes, expiresAt = null }) {
      const id = `tok_${randomUUID().replaceAll('-', '')}`;
      const token = newTokenText();
      await db
        .insert(tokens)
        .values({ id, brand, name, scopes, hash: hashOfToken(token), createdAt: sql`now()`, expiresAt });
      return { id, token, scopes, expiresAt };
    },

    list: (brand) =>
      db
        .select({
          id: tokens.id,
          name: tokens.name,
          scopes: tokens.scopes,
          createdAt: tokens.createdAt,
          lastUsedAt: tokens.lastUsedAt,
          expiresAt: tokens.expiresAt,
          revokedAt: tokens.revokedAt,
        })
        .from(tokens)
        .where(eq(tokens.brand, brand))
        .orderBy(asc(tokens.createdAt), asc(tokens.id)),

    async revoke(brand, id) {
      const revoked = await db
        .update(tokens)
        .set({ revokedAt: sql`coalesce(${tokens.revokedAt}, now())` })
        .where(and(eq(tokens.brand, brand), eq(tokens.id, id)))
        .returning({ id: tokens.id });
      return revoked.length > 0;
    },
  };
}
