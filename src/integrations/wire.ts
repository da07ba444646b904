/** The keys of one level of a JSON object, in camel case whichever way the sender wrote them; null and empty text are "not said". */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object, and neither a list nor null. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one level of an object; what is no object has no fields. */
export function fields(value: unknown): Fields {
  if (!isObject(value)) return {};
  const said = Object.entries(value).filter(([, part]) => part !== null && part !== undefined && part !== '');
  return Object.fromEntries(said.map(([key, part]) => [camel(key), part]));
}

/** Maps an object's fields; anything else passes as it is, so that the reader after it names it as unreadable. */
export function part(value: unknown, map: (of: Fields) => unknown): unknown {
  return isObject(value) ? map(fields(value)) : value;
}

/** Maps the objects of a list; anything else passes as it is. */
export function each(value: unknown, map: (of: Fields) => unknown): unknown {
  return Array.isArray(value) ? value.map((entry: unknown) => part(entry, map)) : value;
}

/** The fields of the objects in a list, without those that are deleted there but still shown (`deletedAt`). */
export function living(value: unknown): Fields[] {
  const all: unknown[] = Array.isArray(value) ? value : [];
  return all
    .filter(isObject)
    .map(fields)
    .filter(({ deletedAt }) => deletedAt === undefined);
}

/** A text that can be an e-mail address; anything else is "not said". */
export function emailIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.includes('@') ? value : undefined;
}

function camel(key: string): string {
  // Nearly all keys are as they should be, and a claim of 2,000 messages has 14,000 of them.
  if (!key.includes('_')) return key;
  return key.replaceAll(/_+([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}
