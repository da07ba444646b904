/**
 * Puts another function in the place of one that a built module exports. Its importers look it up at each call, so all of them
 * get the new one; calls from within the module do not.
 */
export function replace<M extends object, Name extends keyof M>(
  module: M,
  name: Name,
  make: (original: M[Name]) => M[Name],
): void {
  Object.assign(module, { [name]: make(module[name]) });
}

/** The same object with other functions in place of some of its own. */
export function changed<T extends object>(original: T, make: (original: T) => Partial<T>): T {
  return { ...original, ...make(original) };
}
