import { type ClaimFields, type CustomerFields, type OrderFields } from './event';

/** One thing that was said, with who said it and when: what decides between two statements, whatever order they arrive in. */
export interface Fact<T> {
  value: T;
  at: string;
  rank: number;
  key: string;
}

/** The statements kept of one part of the claim: the winning one per field. */
export type Facts<F> = { [K in keyof F]?: Fact<F[K]> };

export interface ClaimFacts {
  claim: Facts<ClaimFields>;
  order: Facts<OrderFields>;
  customer: Facts<CustomerFields>;
}

export const NO_FACTS: ClaimFacts = { claim: {}, order: {}, customer: {} };

/** At equal times the better informed statement wins. */
export const RANK = { message: 0, filing: 1, decision: 2, reading: 3 } as const;

/** Who says it: time of the statement (RFC 3339 UTC), rank, and a key that breaks the last tie the same way everywhere. */
export interface Stamp {
  at: string;
  rank: number;
  key: string;
}

/** Takes what is said over what is known, field by field; absent means "not said" and never erases. */
export function merge<F extends object>(facts: Facts<F>, said: F, stamp: Stamp): Facts<F> {
  const merged = { ...facts };
  for (const field of Object.keys(said) as (keyof F)[]) {
    const fact = { value: said[field], ...stamp };
    const known = merged[field];
    if (known === undefined || wins(fact, known)) merged[field] = fact;
  }
  return merged;
}

function wins(a: Fact<unknown>, b: Fact<unknown>): boolean {
  if (a.at !== b.at) return a.at > b.at;
  if (a.rank !== b.rank) return a.rank > b.rank;
  if (a.key !== b.key) return a.key > b.key;
  return JSON.stringify(a.value) > JSON.stringify(b.value);
}

/** What is known now, without the stamps. */
export function known<F extends object>(facts: Facts<F>): Partial<F> {
  const entries = Object.entries(facts) as [keyof F, Fact<F[keyof F]>][];
  return Object.fromEntries(entries.map(([field, fact]) => [field, fact.value])) as Partial<F>;
}
