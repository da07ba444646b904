import { known } from './facts';
import { type CustomerIdentity } from './klaim';
import { countryCode } from './places';
import { type ClaimState } from './state';

/** Who the claim is from, as far as its source and operators have said. */
export function identityOf(state: ClaimState): CustomerIdentity {
  const { email, orderEmail, externalId, name, phone } = known(state.facts.customer);
  const country = countryCode(known(state.facts.order).shippingAddress?.country ?? '');
  return {
    customerId: state.relink?.customerId ?? state.linkedTo,
    email: email ?? orderEmail ?? null,
    orderEmail: orderEmail === undefined || email === undefined || isSame(email, orderEmail) ? null : orderEmail,
    externalId: externalId ?? null,
    name: name ?? null,
    phone: phone ?? null,
    country: /^[a-z]{2}$/.test(country) ? country.toUpperCase() : null,
  };
}

const isSame = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whether a customer can be found: by an operator's word or by a mark. Never by phone, which families and offices share. */
export function isKnown(identity: CustomerIdentity): boolean {
  return identity.customerId !== null || hasMark(identity);
}

/** Whether a customer can be made: one without e-mail and external id is found by nobody afterwards. */
export function hasMark({ email, externalId }: CustomerIdentity): boolean {
  return email !== null || externalId !== null;
}
