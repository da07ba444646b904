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

/** The brands' API tokens, stored as hashes only. */
export interface TokenStore {
  /** `null` for a token that is unknown, revoked or expired. */
  find(token: string): Promise<{ id: string; brand: string; scopes: Scope[] } | null>;
  /** The one time the token is seen in clear. */
  mint(terms: { brand: string; name: string; scopes: Scope[]; expiresAt?: string }): Promise<{ id: string; token: string; scopes: Scope[] }>;
  list(brand: string): Promise<TokenSummary[]>;
  /** `false` when the brand has none with this id. */
  revoke(brand: string, id: string): Promise<boolean>;
}
