import { type AttributeValue, type Klaim } from '../klaim';
import { isClaimPath, type NeutralClaim } from '../neutral-claim';
import { suffixOf } from './attribute';
import { attributesBy, OWN_FIELDS, type Mapping, type Source } from './mapping';
import { fill } from './template';
import { textOf, valueFor } from './value';

/** The Klaim that a mapping makes of a claim: every attribute of it each time, null where nothing is known. */
export function klaimBy(mapping: Mapping, claim: NeutralClaim): Klaim {
  const ownText = (field: keyof typeof OWN_FIELDS): string =>
    textOf(valueOf(mapping[field] ?? OWN_FIELDS[field], claim)) ?? '';
  const custom = attributesBy(mapping).flatMap(({ name, source }): [string, AttributeValue][] => {
    const suffix = suffixOf(name);
    return suffix === null ? [] : [[name, valueFor(suffix, valueOf(source, claim))]];
  });
  return {
    title: ownText('title'),
    description: ownText('description'),
    images: claim.images,
    custom: Object.fromEntries(custom),
  };
}

function valueOf(source: Source, claim: NeutralClaim): AttributeValue {
  if (typeof source === 'string') return isClaimPath(source) ? claim.values[source] : null;
  if ('const' in source) return source.const;
  if ('clear' in source) return null;
  return fill(source.template, (path) => textOf(claim.values[path]));
}
