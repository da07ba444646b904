import { KLAIM_LIMITS, type AttributeValue, type Klaim } from '../../claims/klaim';
import { cut } from '../../claims/reading';

/** Kustomer refuses bodies over 100 kB; it documents no limit of its own for a KObject, so a Klaim stays well below. */
const BODY_BYTES = 63_000;

/**
 * A text of at most `limit` characters, cut between code points, with a visible ellipsis. Kustomer does not say what it counts,
 * so a character is a UTF-16 unit here: there are never fewer of these than code points, and the text is within either count.
 */
export function fit(text: string, limit: number): string {
  const whole = wellFormed(text);
  let points = limit;
  let kept = cut(whole, points);
  while (kept.length > limit) {
    // A code point has at most two units, so this never takes away more than it must.
    points -= Math.ceil((kept.length - limit) / 2);
    kept = cut(whole, points);
  }
  return kept;
}

/** Half a surrogate pair has no form in UTF-8: Kustomer would answer with something else than was sent. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** The Klaim as Kustomer takes it: a title, no null text, links that are links, everything within its limits. */
export function withinLimits(klaim: Klaim): Klaim {
  let share = 1;
  let fitted = shrunk(klaim, share);
  // Texts outside ASCII take up to three bytes a character: then all long parts give way alike.
  while (Buffer.byteLength(JSON.stringify(fitted)) > BODY_BYTES && share > 1 / 128) {
    share /= 2;
    fitted = shrunk(klaim, share);
  }
  return fitted;
}

function shrunk({ title, description, images, custom }: Klaim, share: number): Klaim {
  const text = Math.floor(KLAIM_LIMITS.text * share);
  return {
    title: fit(title, KLAIM_LIMITS.title) || 'Claim',
    description: fit(description, Math.floor(KLAIM_LIMITS.description * share)),
    images: images.flatMap((url) => link(url) ?? []).slice(0, Math.floor(KLAIM_LIMITS.images * share)),
    custom: Object.fromEntries(Object.entries(custom).map(([name, value]) => [name, attribute(name, value, text)])),
  };
}

/** A cut link is another link: it is whole or it is left out, because Kustomer refuses a Klaim for one that is none. */
function attribute(name: string, value: AttributeValue, limit: number): AttributeValue {
  if (typeof value !== 'string') return value;
  return name.endsWith('Url') ? link(value) : fit(value, limit);
}

function link(url: string): string | null {
  return URL.canParse(url) ? new URL(url).href : null;
}
