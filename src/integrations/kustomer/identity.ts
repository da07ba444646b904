import { createHmac } from 'node:crypto';
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
export function normalized({ email, externalId, name, phone }: CustomerIdentity): CustomerIdentity {
  const id = externalId?.trim() ?? '';
  return {
    email:
      wellFormed(email ?? '')
        .trim()
        .toLowerCase() || null,
    externalId: id !== '' && id.length <= LIMIT ? wellFormed(id) : null,
    name: fit(name?.trim() ?? '', LIMIT) || null,
    phone: international(phone ?? ''),
  };
}

/** Kustomer wants E.164; a number without its country is somebody else's elsewhere. */
function international(phone: string): string | null {
  const compact = phone.replaceAll(/[\s().-]/g, '');
  return /^\+[1-9]\d{7,14}$/.test(compact) ? compact : null;
}

/** Whether there is anything to find a customer by. */
export function isKnown({ email, externalId }: CustomerIdentity): boolean {
  return email !== null || externalId !== null;
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
