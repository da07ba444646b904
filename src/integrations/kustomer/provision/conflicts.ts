import { isMadeByHand, suffixOf } from '../../../claims/mapping/attribute';
import { ATTRIBUTES_LIMIT, type MappingFault } from '../../../claims/mapping/check';
import { attributesBy, type Mapping, type MappedAttribute } from '../../../claims/mapping/mapping';
import { lacking, type Properties, type Property } from './attributes';

/** What of a mapping cannot be in this org, by attribute: what Kustomer would refuse at every write, and what cannot be made over its API. */
export function conflictsWith(properties: Properties, mapping: Mapping): MappingFault[] {
  const wanted = attributesBy(mapping);
  const missing = lacking(properties, wanted);
  return [
    ...wanted.flatMap((attribute) => fault(attribute, optionFault(attribute, properties[attribute.name]))),
    ...missing.flatMap((attribute) => fault(attribute, handFault(attribute))),
    ...tooMany(Object.keys(properties).length, missing),
  ];
}

function fault({ name }: MappedAttribute, message: string | null): MappingFault[] {
  return message === null ? [] : [{ attribute: name, message }];
}

/** An option list takes what is in it and refuses all else; what a source says is open-ended. */
function optionFault({ source }: MappedAttribute, property: Property | undefined): string | null {
  const options = property?.enumeration;
  if (options == null || options.length === 0 || (typeof source === 'object' && 'clear' in source)) return null;
  if (typeof source === 'object' && 'const' in source && options.includes(source.const)) return null;
  return `is an option list in Kustomer (${options.join(', ')}): it takes a constant of that list; else leave it out (null) and use another attribute`;
}

function handFault({ name }: MappedAttribute): string | null {
  const suffix = suffixOf(name);
  if (suffix === null || !isMadeByHand(suffix)) return null;
  return `is not there, and an attribute that ends in ${suffix} is made by hand: in Kustomer, Settings, Platform, Klasses`;
}

function tooMany(there: number, missing: readonly MappedAttribute[]): MappingFault[] {
  const [first] = missing.slice(Math.max(0, ATTRIBUTES_LIMIT - there));
  if (first === undefined) return [];
  const message = `the Klass has ${there} attributes, and Kustomer takes ${ATTRIBUTES_LIMIT}: leave some out (null) or remove some there`;
  return [{ attribute: first.name, message }];
}
