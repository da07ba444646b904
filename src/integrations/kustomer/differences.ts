import { type Klaim } from '../../claims/klaim';
import { type StoredKlaim } from './schema';

/**
 * Names of what Kustomer shows otherwise than it was sent. Attributes of others are none of our business, and masked values
 * are no difference (Kustomer, "Data masking"). Images are left out: `rev` tells already whether a write was overtaken.
 */
export function differences(sent: Klaim, shown: StoredKlaim): string[] {
  const texts = (['title', 'description'] as const).filter((field) => !isSame(field, sent[field], shown[field]));
  const attributes = Object.entries(sent.custom).filter(([name, value]) => !isSame(name, value, shown.custom[name]));
  return [...texts, ...attributes.map(([name]) => name)];
}

function isSame(name: string, sent: unknown, shown: unknown): boolean {
  if (isEmpty(sent) || isEmpty(shown)) return isEmpty(sent) && isEmpty(shown);
  if (typeof sent !== 'string' || typeof shown !== 'string') return sent === shown;
  if (tidy(sent) === tidy(shown) || isMasked(shown)) return true;
  return name.endsWith('At') && Date.parse(sent) === Date.parse(shown);
}

/** Null clears an attribute, and cleared attributes are left out of replies. */
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

const tidy = (text: string): string => text.replaceAll('\r\n', '\n').trim();

const isMasked = (text: string): boolean => /[*•]{3,}|[xX#]{4,}/.test(text);
