import { isClaimPath, type ClaimPath } from '../neutral-claim';

const PLACE = /\{([^{}]*)\}/g;

/** What stands in braces in a template. */
export function placesIn(template: string): string[] {
  return [...template.matchAll(PLACE)].map(([, place = '']) => place);
}

/** The template with its places filled; a value that is not known leaves nothing behind. Null when no value of it is known. */
export function fill(template: string, textOf: (path: ClaimPath) => string | null): string | null {
  let isKnown = placesIn(template).length === 0;
  const filled = template.replaceAll(PLACE, (_all, place: string) => {
    const text = isClaimPath(place) ? textOf(place) : null;
    isKnown ||= text !== null;
    return text ?? '';
  });
  return isKnown ? filled.trim() : null;
}
