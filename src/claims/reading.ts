/**
 * Lenient readers of plain JSON. Workflows may not carry a schema library (every cached workflow would pay for it), and a
 * claim must never be lost because one field of it is odd: so a reader leaves out what it cannot read and names its path.
 * Types are inferred from the readers, so each shape is written once.
 */

/** Reads one value. `undefined` means "not said" or unreadable; the path of what could not be read is added to `unreadable`. */
export type Reader<T> = (value: unknown, path: string, unreadable: string[]) => T | undefined;

/** The type that a reader gives. */
export type Read<R> = R extends Reader<infer T> ? T : never;

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Required<S extends Shape> = { [K in keyof S]: Read<S[K]> };
type Optional<S extends Shape> = { [K in keyof S]?: Read<S[K]> };

/** What object readers give: required parts are there, optional parts may be absent. */
export type ObjectOf<R extends Shape, O extends Shape> = Required<R> & Optional<O>;

function reader<T>(convert: (value: unknown) => T | undefined): Reader<T> {
  return (value, path, unreadable) => {
    if (value === undefined || value === null) return undefined;
    const converted = convert(value);
    if (converted === undefined) unreadable.push(path);
    return converted;
  };
}

/** Cuts to `limit` code points (never inside a character), with a visible ellipsis. */
export function cut(value: string, limit: number): string {
  if (value.length <= limit) return value;
  const points = Array.from(value);
  return points.length <= limit ? value : `${points.slice(0, limit - 1).join('')}…`;
}

/** Control characters and halves of characters: no database column, header or log takes them. */
export const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;
const UNPRINTABLE_IN_TEXT = /[^\P{Cc}\n\t]|\p{Cs}/gu;

/** Text up to `limit` code points (longer is cut with an ellipsis); numbers become text, as some senders print ids as numbers. */
export const text = (limit: number): Reader<string> =>
  reader((value) => {
    const string = typeof value === 'number' ? String(value) : value;
    return typeof string === 'string' ? cut(string.replaceAll(UNPRINTABLE_IN_TEXT, ''), limit) : undefined;
  });

/** An identifier: never cut, because a cut id is another id; nor is a number that JSON cannot carry exactly, for the same reason. */
export const identifier: Reader<string> = reader((value) => {
  const string = Number.isSafeInteger(value) ? String(value) : value;
  return typeof string === 'string' && string !== '' && string.length <= 512 && !UNPRINTABLE.test(string)
    ? string
    : undefined;
});

/** A word of an enum that must be known. */
export const oneOf = <const T extends string>(...words: readonly T[]): Reader<T> =>
  reader((value) => words.find((word) => word === value));

/** A boolean, and nothing that only looks like one. */
export const flag: Reader<boolean> = reader((value) => (typeof value === 'boolean' ? value : undefined));

/** A whole number from 0; digits as text are accepted. */
export const count: Reader<number> = reader((value) => {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
});

/** A time as RFC 3339, given back in UTC with milliseconds, so that times compare as text. */
export const time: Reader<string> = reader((value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const milliseconds = Date.parse(value);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
});

/** A list of at most `limit` entries; entries that cannot be read are left out and named. */
export const list =
  <T>(entry: Reader<T>, limit: number): Reader<T[]> =>
  (value, path, unreadable) => {
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) {
      unreadable.push(path);
      return undefined;
    }
    if (value.length > limit) unreadable.push(`${path}[${limit}…]`);
    return value.slice(0, limit).flatMap((one, index) => {
      const read = entry(one, `${path}[${index}]`, unreadable);
      return read === undefined ? [] : [read];
    });
  };

/** An object: `required` parts must be readable, else the whole is not; `optional` parts are left out when they cannot be read. */
export const object =
  <R extends Shape, O extends Shape>(required: R, optional: O): Reader<ObjectOf<R, O>> =>
  (value, path, unreadable) => {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) {
      unreadable.push(path);
      return undefined;
    }
    const source = value as Record<string, unknown>;
    const result: Record<string, unknown> = {};
    const join = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const [key, read] of Object.entries(required)) {
      const part = read(source[key], join(key), unreadable);
      if (part === undefined) {
        if (!unreadable.includes(join(key))) unreadable.push(join(key));
        return undefined;
      }
      result[key] = part;
    }
    for (const [key, read] of Object.entries(optional)) {
      const part = read(source[key], join(key), unreadable);
      if (part !== undefined) result[key] = part;
    }
    return result as ObjectOf<R, O>;
  };
