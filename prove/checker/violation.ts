import type { Promised } from '../plan/faults';

/** Something that breaks a promise. `isFinal`: no waiting can mend it. */
export interface Violation {
  promise: Promised;
  /** Null when it is about no claim. */
  claimId: string | null;
  what: string;
  isFinal: boolean;
}

/** What a check of one promise found. */
export interface Finding {
  /** In words: what was counted. */
  checked: string;
  count: number;
  violations: Omit<Violation, 'promise'>[];
}

/** One that may only be late. */
export const missing = (claimId: string | null, what: string): Omit<Violation, 'promise'> => ({
  claimId,
  what,
  isFinal: false,
});
/** One that stays. */
export const broken = (claimId: string | null, what: string): Omit<Violation, 'promise'> => ({
  claimId,
  what,
  isFinal: true,
});
