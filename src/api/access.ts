import { isOneOf } from '../intake/same-secret';
import { type Scope } from '../store/tokens';
import { type ApiParts } from './parts';
import { Problem } from './problem';

/** What a route asks of its caller: a scope on the brand in its path, the environment's own token, or nothing. */
export type Requirement = Scope | 'environment' | 'nothing';

/** Who asks. `actor` is the name under which the claim's timeline and the log know them. */
export interface Access {
  actor: string;
  /** The token of the environment: every brand, every scope. */
  isEnvironment: boolean;
}

/**
 * Finds out who asks, and throws unless they may: no or a wrong token is 401; a brand that is not the token's is 404, as if it
 * did not exist; a missing scope is 403.
 */
export async function authorize(
  requires: Requirement,
  brand: string | undefined,
  authorization: string | undefined,
  { store, adminToken }: Pick<ApiParts, 'store' | 'adminToken'>,
): Promise<Access> {
  if (requires === 'nothing') return { actor: 'anyone', isEnvironment: false };
  const presented = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (presented === undefined) throw notAuthenticated();
  if (isOneOf([adminToken], presented)) return { actor: 'admin', isEnvironment: true };
  const token = await store.tokens.find(presented);
  if (token === null) throw notAuthenticated();
  if (brand !== undefined && token.brand !== brand) throw new Problem('unknown-brand');
  if (requires === 'environment')
    throw new Problem('missing-scope', 'This call needs the token of the environment (CLAIMKEEPER_ADMIN_TOKEN).');
  if (!token.scopes.includes(requires))
    throw new Problem('missing-scope', `This call needs a token with the scope "${requires}".`, { scope: requires });
  return { actor: `token ${token.id}`, isEnvironment: false };
}

function notAuthenticated(): Problem {
  return new Problem('not-authenticated', undefined, { headers: { 'www-authenticate': 'Bearer' } });
}
