import { isOneOf } from '../intake/same-secret';
import { type Scope } from '../store/tokens';
import { type ApiParts } from './parts';
import { Problem } from './problem';

/** What a route asks of its caller: a scope on the brand in its path, the environment's own token, or nothing. */
export type Requirement = Scope | 'environment' | 'nothing';

/** Whether a token's calls are counted. Answers of a brand's backend come in any burst: like webhooks they are never held up. */
export function isCounted(requires: Requirement): boolean {
  return requires !== 'nothing' && requires !== 'resolve';
}

/** Who asks. `actor` is the name under which the claim's timeline, the audit log and the log know them. */
export interface Access {
  actor: string;
  /** The token of the environment: every brand, every scope. */
  isEnvironment: boolean;
  /** The one brand that the token is for; null for every brand. */
  brand: string | null;
}

/** Who asks, and the scopes of their token; null for all. */
export interface Caller extends Access {
  scopes: readonly Scope[] | null;
}

/** Of a route that asks for nothing. */
export const ANYONE: Access = { actor: 'anyone', isEnvironment: false, brand: null };

/** Whoever is on this machine, where that is enough. */
export const ON_THIS_MACHINE: Caller = { actor: 'this machine', isEnvironment: false, brand: null, scopes: null };

/** Finds out who asks; no or a wrong token is 401. */
export async function identify(
  authorization: string | undefined,
  { store, adminToken }: Pick<ApiParts, 'store' | 'adminToken'>,
): Promise<Caller> {
  const presented = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (presented === undefined) throw notAuthenticated();
  if (isOneOf([adminToken], presented)) return { actor: 'admin', isEnvironment: true, brand: null, scopes: null };
  const token = await store.tokens.find(presented);
  if (token === null) throw notAuthenticated();
  return { actor: `token ${token.id}`, isEnvironment: false, brand: token.brand, scopes: token.scopes };
}

/** Throws unless the caller may: a brand that is not the token's is 404, as if it did not exist; a missing scope is 403. */
export function permit(requires: Scope | 'environment', brand: string | undefined, caller: Caller): void {
  if (caller.scopes === null) return;
  if (brand !== undefined && caller.brand !== brand) throw new Problem('unknown-brand');
  if (requires === 'environment')
    throw new Problem('missing-scope', 'This call needs the token of the environment (CLAIMKEEPER_ADMIN_TOKEN).');
  if (!caller.scopes.includes(requires))
    throw new Problem('missing-scope', `This call needs a token with the scope "${requires}".`, { scope: requires });
}

function notAuthenticated(): Problem {
  return new Problem('not-authenticated', undefined, { headers: { 'www-authenticate': 'Bearer' } });
}
