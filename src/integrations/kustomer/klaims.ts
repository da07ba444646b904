import { type Klaim } from '../../claims/klaim';
import { type DatedKlaim } from './as-of';
import { segment, type Org } from './org';
import { klaimReply, klaimsReply, read, type StoredKlaim } from './schema';

const klassPath = ({ access }: Org): string => `/klasses/${segment(access.klass)}`;

/** Kustomer, "Get KObject by external ID". Null when there is none. May lag behind writes by seconds. */
export async function findKlaim(org: Org, claimId: string): Promise<StoredKlaim | null> {
  const what = 'looking up the Klaim by its external id';
  const path = `${klassPath(org)}/externalId=${segment(claimId)}`;
  const reply = await org.call({ method: 'GET', path, what, accept: [404] });
  return reply.status === 404 ? null : read(klaimReply, what, reply).data;
}

/** Kustomer, "Get KObject by ID". Null when it is not there. */
export async function readKlaim(org: Org, id: string): Promise<StoredKlaim | null> {
  const what = `reading Klaim ${id}`;
  const reply = await org.call({ method: 'GET', path: `${klassPath(org)}/${segment(id)}`, what, accept: [404] });
  return reply.status === 404 ? null : read(klaimReply, what, reply).data;
}

/**
 * Kustomer, "Create KObject" (of a customer). `conflict`: the external id is taken; `notFound`: there is no such customer, or no
 * such Klass.
 */
export async function createKlaim(
  org: Org,
  customerId: string,
  claimId: string,
  klaim: DatedKlaim,
): Promise<StoredKlaim | 'conflict' | 'notFound'> {
  const what = 'creating the Klaim';
  const path = `/customers/${segment(customerId)}${klassPath(org)}`;
  const body = { externalId: claimId, ...klaim };
  const reply = await org.call({ method: 'POST', path, what, body, accept: [404, 409] });
  if (reply.status === 409) return 'conflict';
  return reply.status === 404 ? 'notFound' : read(klaimReply, what, reply).data;
}

/** Kustomer, "Create KObject": of no customer. `conflict`: the external id is taken. */
export async function createLooseKlaim(org: Org, externalId: string, klaim: Klaim): Promise<StoredKlaim | 'conflict'> {
  const what = 'creating the test Klaim';
  const body = { externalId, ...klaim };
  const reply = await org.call({ method: 'POST', path: klassPath(org), what, body, accept: [409] });
  return reply.status === 409 ? 'conflict' : read(klaimReply, what, reply).data;
}

/**
 * Kustomer, "Update KObject by ID". The body is whole, which is right whether Kustomer merges or replaces. `conflict`: it is not
 * at this `rev` any more; `notFound`: it was deleted.
 */
export async function updateKlaim(
  org: Org,
  { id, rev }: StoredKlaim,
  klaim: (Klaim | DatedKlaim) & { externalId?: string },
): Promise<StoredKlaim | 'conflict' | 'notFound'> {
  const what = `updating Klaim ${id}`;
  const path = `${klassPath(org)}/${segment(id)}`;
  const reply = await org.call({ method: 'PUT', path, what, body: { ...klaim, rev }, accept: [404, 409] });
  if (reply.status === 409) return 'conflict';
  return reply.status === 404 ? 'notFound' : read(klaimReply, what, reply).data;
}

/** Kustomer, "Delete KObject by ID". A missing role is 401 in older pages and 403 in newer ones. */
export async function deleteKlaim(org: Org, id: string): Promise<'deleted' | 'notFound' | 'forbidden'> {
  const path = `${klassPath(org)}/${segment(id)}`;
  const { status } = await org.call({ method: 'DELETE', path, what: `deleting Klaim ${id}`, accept: [401, 403, 404] });
  if (status === 404) return 'notFound';
  return status === 401 || status === 403 ? 'forbidden' : 'deleted';
}

/** Kustomer's largest page, and how many of them are read: nobody has a thousand claims. */
const PAGE_SIZE = 100;
const MAX_PAGES = 10;

/** Kustomer, "Find customer KObjects": the Klaims of a customer; none for a customer who is not there. */
export async function klaimsOf(org: Org, customerId: string): Promise<StoredKlaim[]> {
  const what = 'listing the Klaims of the customer';
  const klaims: StoredKlaim[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/customers/${segment(customerId)}${klassPath(org)}?page=${page}&pageSize=${PAGE_SIZE}`;
    const reply = await org.call({ method: 'GET', path, what, accept: [404] });
    if (reply.status === 404) break;
    const { data, links } = read(klaimsReply, what, reply);
    klaims.push(...data);
    if (links?.next == null) break;
  }
  return klaims;
}
