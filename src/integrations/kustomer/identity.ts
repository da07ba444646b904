import { createHmac } from 'node:crypto';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { type CustomerIdentity } from '../../claims/klaim';
import { type NewCustomer } from './customers';
import { fit, wellFormed } from './limits';
import { type Org } from './org';

/** Kustomer, "Create customer": the limit of names and external ids. */
const LIMIT = 256;

/**
 * A customer's marks in the one form that is used to look up and to create: whether Kustomer minds case is not documented, so
 * e-mails are trimmed and lower-cased. An external id that is too long for Kustomer is none: a cut id is another id.
 */
export function normalized({ phone, ...identity }: CustomerIdentity): CustomerIdentity {
  const { email, orderEmail, externalId, name, country } = identity;
  const id = externalId?.trim() ?? '';
  return {
    ...identity,
    email: address(email),
    orderEmail: address(orderEmail),
    externalId: id !== '' && id.length <= LIMIT ? wellFormed(id) : null,
    name: fit(name?.trim() ?? '', LIMIT) || null,
    phone: phoneNumber(phone ?? '', country),
  };
}

const address = (email: string | null): string | null =>
  wellFormed(email ?? '')
    .trim()
    .toLowerCase() || null;

/** Kustomer wants E.164. A number without its country is that of the order's; without either it is somebody else's elsewhere. */
function phoneNumber(phone: string, country: string | null): string | null {
  const region = country !== null && isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(phone, region);
  return parsed?.isValid() === true ? parsed.number : null;
}

/** The customer to create; without the phone when that is what another customer has. */
export function newCustomer({ email, externalId, name, phone }: CustomerIdentity): NewCustomer {
  return {
    ...(name === null ? {} : { name }),
    ...(externalId === null ? {} : { externalId }),
    ...(email === null ? {} : { emails: [{ type: 'home', email }] }),
    ...(phone === null ? {} : { phones: [{ type: 'mobile', phone }] }),
  };
}

/** One creator per customer. The address goes in as an HMAC under the brand's key, so that a row of leases tells nothing. */
export function leaseKey({ access }: Org, { email, externalId }: CustomerIdentity): string {
  const mark = email ?? externalId ?? '';
  const digest = createHmac('sha256', access.apiKey).update(mark).digest('hex');
  return `kustomer-customer:${access.org}:${digest}`;
}
