import { known } from './facts';
import { type CustomerIdentity } from './klaim';
import { type ClaimState } from './state';

/** Who the claim is from, as far as its source has said. */
export function identityOf(state: ClaimState): CustomerIdentity {
  const { email, externalId, name, phone } = known(state.facts.customer);
  return { email: email ?? null, externalId: externalId ?? null, name: name ?? null, phone: phone ?? null };
}

/** Whether a customer can be found or made: by e-mail or external id. Never by phone, which families and offices share. */
export function isKnown({ email, externalId }: CustomerIdentity): boolean {
  return email !== null || externalId !== null;
}
