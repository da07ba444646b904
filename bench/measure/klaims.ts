import { type Stage } from '../site/brand';
import { type Site } from '../site/site';

/** A Klaim as Kustomer has it since one write. */
export interface Written {
  claimId: string;
  /** Milliseconds since the epoch. */
  at: number;
  attributes: Readonly<Record<string, unknown>>;
}

/** What is written to Kustomer, as it happens. */
export interface Klaims {
  /** The first write to a claim's Klaim, from now on, that shows what is wanted. */
  next(claimId: string, wanted?: (attributes: Written['attributes']) => boolean): Promise<Written>;
  /** How often a claim's Klaim was written. */
  writes(claimId: string): number;
}

interface Waiting {
  wanted: (attributes: Written['attributes']) => boolean;
  resolve(written: Written): void;
}

const LOOK_EVERY_MS = 5;

/** Looks at the simulator's list of writes; only what has come since the last look costs anything. */
export function klaimsOf(site: Site, { kustomer }: Stage): Klaims {
  let seen = 0;
  const counts = new Map<string, number>();
  const waiting = new Map<string, Set<Waiting>>();
  const look = (): void => {
    const writes = kustomer.writes();
    for (const { externalId: claimId, at, body } of writes.slice(seen)) {
      if (claimId === undefined) continue;
      counts.set(claimId, (counts.get(claimId) ?? 0) + 1);
      const { custom = {} } = (body ?? {}) as { custom?: Written['attributes'] };
      for (const one of waiting.get(claimId) ?? [])
        if (one.wanted(custom)) {
          waiting.get(claimId)?.delete(one);
          one.resolve({ claimId, at: Date.parse(at), attributes: custom });
        }
    }
    seen = writes.length;
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  site.keep({
    async stop() {
      clearInterval(timer);
    },
  });
  return {
    next: (claimId, wanted = () => true) =>
      new Promise((resolve) => {
        const waiters = waiting.get(claimId) ?? new Set();
        waiting.set(claimId, waiters.add({ wanted, resolve }));
      }),
    writes: (claimId) => counts.get(claimId) ?? 0,
  };
}
