import { z } from 'zod';
import { type MappedAttribute } from '../../../claims/mapping/mapping';
import { sendOnce } from '../look-again';
import { segment, type Org } from '../org';
import { read } from '../schema';

/** What a description of an attribute may hold in a request; what Kustomer keeps itself is left out (Kustomer, "Update custom attribute metadata"). */
const property = z.object({
  displayName: z.string().nullish(),
  enumeration: z.array(z.unknown()).nullish(),
  target: z.string().nullish(),
  multi: z.boolean().nullish(),
  tree: z.unknown().optional(),
  lastNodeRequired: z.boolean().nullish(),
  sensitive: z.unknown().optional(),
});
const metadataReply = z.object({
  data: z.object({ attributes: z.object({ properties: z.record(z.string(), property).nullish() }) }),
});

/** An attribute as the org has it. */
export type Property = z.output<typeof property>;
export type Properties = Readonly<Record<string, Property>>;

const path = ({ access }: Org): string => `/metadata/kobject.${segment(access.klass)}`;

/** Kustomer, "Get custom attribute metadata": the attributes of the Klass; none for a Klass that is not there. */
export async function readAttributes(org: Org): Promise<Properties> {
  const what = `reading the attributes of the Klass "${org.access.klass}"`;
  const reply = await org.call({ method: 'GET', path: path(org), what, accept: [404] });
  return reply.status === 404 ? {} : (read(metadataReply, what, reply).data.attributes.properties ?? {});
}

/** The attributes that are not there. */
export function lacking(properties: Properties, wanted: readonly MappedAttribute[]): MappedAttribute[] {
  return wanted.filter(({ name }) => !Object.hasOwn(properties, name));
}

/**
 * Kustomer, "Update custom attribute metadata". All attributes are sent, those that are there as they are: which is right whether
 * Kustomer merges or replaces. A lost answer is no failure when they are there afterwards.
 */
export async function addAttributes(
  org: Org,
  existing: Properties,
  missing: readonly MappedAttribute[],
): Promise<void> {
  const what = `creating attributes of the Klass "${org.access.klass}"`;
  const added: Properties = Object.fromEntries(missing.map(({ name, label }) => [name, { displayName: label }]));
  const properties = { ...withoutNulls(existing), ...added };
  await sendOnce(
    org,
    () => org.call({ method: 'PUT', path: path(org), what, body: { properties } }),
    async () => (lacking(await readAttributes(org), missing).length === 0 ? true : null),
  );
}

/** Where nothing is set Kustomer's replies may say null, and its requests take none. */
function withoutNulls(properties: Properties): Properties {
  const without = (description: Property): Property =>
    Object.fromEntries(Object.entries(description).filter(([, value]: [string, unknown]) => value != null));
  return Object.fromEntries(Object.entries(properties).map(([name, description]) => [name, without(description)]));
}
