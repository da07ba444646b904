import { type AttributeValue } from '../klaim';
import { type ValueKind } from '../neutral-claim';
import { time } from '../reading';
import { type Suffix } from './attribute';

/** Attributes that can take values of a kind. `Id` and `Tree` take constants alone. */
export const TAKEN_BY: Readonly<Record<ValueKind, readonly Suffix[]>> = {
  text: ['Str', 'Txt', 'Num', 'Url'],
  number: ['Num', 'Str', 'Txt'],
  flag: ['Bool', 'Str', 'Txt'],
  time: ['At', 'Str', 'Txt'],
  url: ['Url', 'Str', 'Txt'],
};

/** A value as people read it in a text. */
export function textOf(value: AttributeValue): string | null {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return value === null || value === '' ? null : String(value);
}

/** A value as an attribute of this type takes it; null where it cannot be that. Nothing is cut here: limits are Kustomer's. */
export function valueFor(suffix: Suffix, value: AttributeValue): AttributeValue {
  switch (suffix) {
    case 'Str':
      return textOf(value)?.replaceAll(/\s*[\r\n]+\s*/g, ', ') ?? null;
    case 'Txt':
      return textOf(value);
    case 'Num':
      return numberIn(value);
    case 'Bool':
      return typeof value === 'boolean' ? value : null;
    case 'At':
      return time(value, '', []) ?? null;
    case 'Url':
      return typeof value === 'string' && /^https?:\/\/\S+$/.test(value) && URL.canParse(value) ? value : null;
    case 'Id':
      return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value) ? value : null;
    case 'Tree':
      return typeof value === 'string' && value !== '' ? value : null;
  }
}

function numberIn(value: AttributeValue): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,10})?$/.test(value.trim()) ? Number(value) : null;
}
