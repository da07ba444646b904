/** Remembers for a moment what a look-up found, so that a burst of requests looks once. */
export interface Recent<T> {
  /** What `look` finds, or found less than the moment ago. What is not there, and a failure, are not remembered. */
  get(key: string, look: () => Promise<T | null>): Promise<T | null>;
  /** Everything is looked up anew: what was found before a change is not given out after it. */
  forget(): void;
}

/** How old a finding may be, and so how long a change by another process may go unseen. */
const MOMENT_MS = 1_000;

export function createRecent<T>(): Recent<T> {
  const findings = new Map<string, { since: number; found: Promise<T | null> }>();

  return {
    async get(key, look) {
      const known = findings.get(key);
      if (known !== undefined && performance.now() - known.since < MOMENT_MS) return known.found;
      const finding = { since: performance.now(), found: look() };
      findings.set(key, finding);
      const drop = (): void => {
        if (findings.get(key) === finding) findings.delete(key);
      };
      finding.found.then((found) => found ?? drop(), drop);
      return finding.found;
    },
    forget: () => findings.clear(),
  };
}
