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

export function klaimsOf(site: Site, { kustomer }: Pick<Stage, 'kustomer'>): Klaims {
  const counts = new Map<string, number>();
  const waiting = new Map<string, Set<Waiting>>();
  const unwatch = kustomer.watch(({ externalId: claimId, at, body }) => {
    if (claimId === undefined) return;
    counts.set(claimId, (counts.get(claimId) ?? 0) + 1);
    const { custom = {} } = (body ?? {}) as { custom?: Written['attributes'] };
    for (const one of waiting.get(claimId) ?? [])
      if (one.wanted(custom)) {
        waiting.get(claimId)?.delete(one);
        one.resolve({ claimId, at: Date.parse(at), attributes: custom });
      }
  });
  site.keep({ stop: async () => unwatch() });
  return {
    next: (claimId, wanted = () => true) =>
      new Promise((resolve) => {
        const waiters = waiting.get(claimId) ?? new Set();
        waiting.set(claimId, waiters.add({ wanted, resolve }));
      }),
    writes: (claimId) => counts.get(claimId) ?? 0,
  };
}
