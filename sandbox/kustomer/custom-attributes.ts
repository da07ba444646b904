import { badParameter, KustomerError } from './errors';
import { DateTime, Id, text, Uri } from './fields';
import { suffixOf, type Property, type Suffix } from './metadata-body';
import type { Org } from './state';

type Custom = Record<string, unknown>;

/** The documented limit of `Str` and `Txt` on the endpoint pages. */
const MAX_TEXT = 1_024;

const ACCEPTS: Record<Suffix, (value: unknown) => boolean> = {
  Str: (value) => text(MAX_TEXT).safeParse(value).success,
  Txt: (value) => text(MAX_TEXT).safeParse(value).success,
  Num: (value) => typeof value === 'number' && Number.isFinite(value),
  At: (value) => DateTime.safeParse(value).success,
  Bool: (value) => typeof value === 'boolean',
  Url: (value) => Uri.safeParse(value).success,
  Id: (value) => Id.safeParse(value).success,
  Tree: (value) => typeof value === 'string',
};

/**
 * Refuses what Kustomer refuses in `custom`: a key without a valid suffix, a value of another type, a text over 1,024 characters; and,
 * stricter than it may be, a key that the metadata does not have and a value outside an enumeration. `null` clears, so it always passes.
 */
export function checkCustom(org: Org, resource: string, custom: Custom): void {
  const properties = org.metadata[resource] ?? {};
  for (const [name, value] of Object.entries(custom)) {
    const suffix = suffixOf(name);
    const property = properties[name];
    if (suffix === undefined || property === undefined) throw unknownKey(name);
    if (value === null) continue;
    const values = suffix === 'Id' && property.multi === true && Array.isArray(value) ? (value as unknown[]) : [value];
    for (const each of values) checkValue(org, `custom.${name}`, suffix, property, each);
  }
}

function checkValue(org: Org, parameter: string, suffix: Suffix, property: Property, value: unknown): void {
  if (!ACCEPTS[suffix](value)) throw badParameter(parameter, `is no valid value of a ${suffix} attribute`);
  if (property.enumeration !== undefined && !property.enumeration.includes(String(value))) {
    throw badParameter(parameter, `must be one of ${property.enumeration.join(', ')}`);
  }
  if (suffix === 'Id' && !targetExists(org, property.target ?? '', String(value)))
    throw badParameter(parameter, `there is no such ${property.target}`);
}

function targetExists(org: Org, target: string, id: string): boolean {
  if (target === 'customer') return org.customers.get(id) !== undefined;
  if (target.startsWith('kobject.')) return org.kobjects.get(id)?.klass === target.slice('kobject.'.length);
  return true;
}

const unknownKey = (name: string): KustomerError =>
  new KustomerError(400, 'Additional properties not allowed', {
    parameter: name,
    detail: '/properties/custom/additionalProperties',
  });

/** What is stored after a write of `custom`: nulls clear their key. */
export function written(before: Custom, sent: Custom | undefined, mode: 'merge' | 'replace'): Custom {
  if (sent === undefined) return before;
  const all = mode === 'merge' ? { ...before, ...sent } : sent;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}
