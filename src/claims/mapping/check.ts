import { CLAIM_PATHS, isClaimPath } from '../neutral-claim';
import { ATTRIBUTE_TYPES, isMadeByHand, suffixOf, type Suffix } from './attribute';
import { attributesBy, isOwnField, type Mapping, type Source } from './mapping';
import { placesIn } from './template';
import { TAKEN_BY, valueFor } from './value';

/** One thing that is wrong with a mapping: at which attribute, and what to do. */
export interface MappingFault {
  attribute: string;
  message: string;
}

/** Kustomer takes no more custom values in one KObject (Kustomer, "Create KObject"). */
export const ATTRIBUTES_LIMIT = 100;

/** Every fault that can be seen without asking Kustomer: names, paths, and values that do not go with an attribute's type. */
export function faultsIn(mapping: Mapping): MappingFault[] {
  const faults = Object.entries(mapping).flatMap(([attribute, source]) => {
    const message = faultOf(attribute, source);
    return message === null ? [] : [{ attribute, message }];
  });
  const count = attributesBy(mapping).length;
  if (count <= ATTRIBUTES_LIMIT) return faults;
  const [last = ''] = Object.keys(mapping).slice(-1);
  return [
    ...faults,
    { attribute: last, message: `a Klaim has at most ${ATTRIBUTES_LIMIT} attributes, these are ${count}` },
  ];
}

function faultOf(attribute: string, source: Source | null): string | null {
  if (isOwnField(attribute)) return ownFieldFault(attribute, source);
  const suffix = suffixOf(attribute);
  if (suffix === null)
    return `is no attribute name: letters, then its type as suffix (${Object.keys(ATTRIBUTE_TYPES).join(', ')})`;
  return source === null ? null : sourceFault(suffix, source);
}

function ownFieldFault(field: string, source: Source | null): string | null {
  if (source === null || (field === 'title' && typeof source === 'object' && 'clear' in source))
    return field === 'title' ? 'a Klaim always has a title' : 'cannot be left out, only emptied: { "clear": true }';
  return sourceFault('Txt', source);
}

function sourceFault(suffix: Suffix, source: Source): string | null {
  if (typeof source === 'string') return pathFault(suffix, source);
  if ('clear' in source) return null;
  if ('const' in source)
    return valueFor(suffix, source.const) === null
      ? `the constant is no value of type ${ATTRIBUTE_TYPES[suffix]}`
      : null;
  const unknown = placesIn(source.template).filter((place) => !isClaimPath(place));
  if (unknown.length > 0) return `there is no path ${unknown.map((place) => `"${place}"`).join(', ')} in a claim`;
  return kindFault(suffix, 'a template', 'text');
}

function pathFault(suffix: Suffix, path: string): string | null {
  if (!isClaimPath(path)) return `there is no path "${path}" in a claim`;
  return kindFault(suffix, `"${path}"`, CLAIM_PATHS[path]);
}

function kindFault(suffix: Suffix, what: string, kind: keyof typeof TAKEN_BY): string | null {
  if (TAKEN_BY[kind].includes(suffix)) return null;
  if (isMadeByHand(suffix)) return `an attribute that ends in ${suffix} takes a constant only`;
  return `${what} is a ${kind}: it goes into an attribute that ends in ${TAKEN_BY[kind].join(', ')}, not ${suffix}`;
}
