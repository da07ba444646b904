import { type PartnerError } from '../partner-error';
import { kustomerFailure } from './failure';
import { segment, type Org } from './org';
import { customerReply, mergesReply, read } from './schema';

/** Kustomer, "Get customer by email". The id, null when nobody has it as a primary address. */
export function customerByEmail(org: Org, email: string): Promise<string | null> {
  return lookUp(org, `email=${segment(email)}`, 'looking up the customer by e-mail');
}

/** Kustomer, "Get customer by external ID". The id, null when nobody has it. */
export function customerByExternalId(org: Org, externalId: string): Promise<string | null> {
  return lookUp(org, `externalId=${segment(externalId)}`, 'looking up the customer by external id');
}

async function lookUp(org: Org, query: string, what: string): Promise<string | null> {
  const reply = await org.call({ method: 'GET', path: `/customers/${query}`, what, accept: [404] });
  return reply.status === 404 ? null : read(customerReply, what, reply).data.id;
}

/** What a customer is created with; Kustomer refuses unknown fields. */
export interface NewCustomer {
  name?: string;
  externalId?: string;
  emails?: { type: 'home'; email: string }[];
  phones?: { type: 'mobile'; phone: string }[];
}

/** Kustomer, "Create customer". `refused`: somebody has one of these already (409, or 400), or a value is not to its liking. */
export async function createCustomer(
  org: Org,
  customer: NewCustomer,
): Promise<{ id: string } | { refused: PartnerError }> {
  const what = 'creating the customer';
  const reply = await org.call({ method: 'POST', path: '/customers', what, body: customer, accept: [400, 409] });
  if (reply.status === 400 || reply.status === 409) return { refused: kustomerFailure(what, reply, customer) };
  return { id: read(customerReply, what, reply).data.id };
}

/**
 * Kustomer, "Get customer by id": the id of this customer as it is today, which is another one's after a merge; null when there is
 * nobody (any more).
 */
export async function currentCustomer(org: Org, customerId: string): Promise<string | null> {
  const what = 'reading the customer';
  let id = customerId;
  for (let merges = 0; merges <= MERGES_LIMIT; merges++) {
    const reply = await org.call({ method: 'GET', path: `/customers/${segment(id)}`, what, accept: [404] });
    if (reply.status !== 404) return read(customerReply, what, reply).data.id;
    const target = await mergedInto(org, id);
    if (target === null) return null;
    id = target;
  }
  return null;
}

/** How many merges one after the other are followed. */
export const MERGES_LIMIT = 4;

/**
 * Kustomer, "Get customer merges", which answers for the id that was merged away, too. The customer that this one became; null
 * when it was not merged, or when the key may not read merges (`org.permission.customer_merge.read`).
 */
export async function mergedInto(org: Org, customerId: string): Promise<string | null> {
  const what = 'reading the merges of the customer';
  const path = `/customers/${segment(customerId)}/merges`;
  const reply = await org.call({ method: 'GET', path, what, accept: [401, 403, 404] });
  if (reply.status >= 400) return null;
  const { data } = read(mergesReply, what, reply);
  return (
    data.find(({ relationships }) => relationships.source.data.id === customerId)?.relationships.target.data.id ?? null
  );
}
