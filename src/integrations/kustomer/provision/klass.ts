import { z } from 'zod';
import { PartnerError } from '../../partner-error';
import { kustomerFailure, PARTNER } from '../failure';
import { lookAgain, sendOnce } from '../look-again';
import { segment, type Org } from '../org';
import { read } from '../schema';

const klasses = z.object({
  data: z.array(z.object({ id: z.string().min(1), attributes: z.object({ name: z.string() }) })),
  links: z.object({ next: z.string().nullish() }).nullish(),
});

/** The Klass of an org's Klaims. `isEnabled`: KObjects of it can be written. */
export interface Klass {
  id: string;
  isEnabled: boolean;
}

/** Kustomer, "List Klasses": one list per status, in pages. */
const STATUSES = ['enabled', 'disabled', 'existing_only'] as const;
const PAGE_SIZE = 100;
const MAX_PAGES = 20;

/** The Klass by its name, whatever its status; null when there is none. */
export async function findKlass(org: Org): Promise<Klass | null> {
  for (const status of STATUSES) {
    const id = await idIn(org, status);
    if (id !== null) return { id, isEnabled: status === 'enabled' };
  }
  return null;
}

async function idIn(org: Org, status: (typeof STATUSES)[number]): Promise<string | null> {
  const what = `listing the Klasses that are ${status}`;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const path = `/klasses?status=${status}&page=${page}&pageSize=${PAGE_SIZE}`;
    const { data, links } = read(klasses, what, await org.call({ method: 'GET', path, what }));
    const found = data.find(({ attributes }) => attributes.name === org.access.klass);
    if (found !== undefined) return found.id;
    if (links?.next == null) break;
  }
  return null;
}

/** Kustomer, "Create Klass". One that is there already is as good, whoever made it. @throws PartnerError */
export async function createKlass(org: Org, label: string): Promise<void> {
  const what = `creating the Klass "${org.access.klass}"`;
  const body = { name: org.access.klass, displayName: label, icon: 'shield' };
  const look = (): Promise<Klass | null> => findKlass(org);
  const result = await sendOnce(
    org,
    () => org.call({ method: 'POST', path: '/klasses', what, body, accept: [400, 409] }),
    look,
  );
  if ('found' in result || result.sent.status < 400) return;
  // A name that is taken is answered 409, or 400.
  if ((await lookAgain(org, look)) === null) throw kustomerFailure(what, result.sent, body);
}

/** Kustomer, "Update Klass". */
export async function enableKlass(org: Org, { id }: Klass): Promise<void> {
  const what = `enabling the Klass "${org.access.klass}"`;
  const path = `/klasses/${segment(id)}`;
  const reply = await org.call({ method: 'PUT', path, what, body: { status: 'enabled' }, accept: [404] });
  if (reply.status === 404)
    throw new PartnerError(PARTNER, 'unavailable', `${what}: it was deleted in between; run it again`);
}
