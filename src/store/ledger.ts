import { type Answer, type Judgement } from '../claims/answer';
import { type Loss, type Rival } from '../claims/loss';
import { type Money } from '../claims/money';
import { type Source } from '../claims/sources';

export type LedgerState = 'commanded' | 'answered' | 'declined' | 'withdrawn' | 'reported';

/** A resolution that is about to be commanded. `command` is the JSON body of `resolution.requested`, frozen. */
export interface NewLedgerEntry {
  brand: string;
  claimId: string;
  source: Source;
  resolutionId: string;
  kind: string;
  amount: Money | null;
  command: string;
  commandedAt: string;
}

/** One row per resolution. A withdrawn one that is answered later keeps `withdrawnAt`. Times are ISO strings. */
export interface LedgerEntry extends NewLedgerEntry {
  state: LedgerState;
  sentAt: string | null;
  answer: Answer | null;
  answeredAt: string | null;
  reportedAt: string | null;
  withdrawnAt: string | null;
}

export interface LedgerKey {
  brand: string;
  resolutionId: string;
}

/** A resolution may be commanded, or an operator has to decide first: claims of other sources were approved for the same loss. */
export type Reservation = { entry: LedgerEntry } | { rivals: Rival[] };

export type AcceptedAnswer = { verdict: 'unknown' } | (Judgement & { entry: LedgerEntry });

/** The lock against doing anything twice: one row per resolution, written before the command is sent. */
export interface LedgerStore {
  /**
   * Inserts unless the resolution is there already, and gives the stored row: the command as it was first frozen. Inserts nothing
   * when claims of other sources, beside those that an operator has overruled (`despite`), were approved for the same loss.
   * @throws LedgerMismatch when the resolution is another claim's.
   */
  reserve(entry: NewLedgerEntry, loss: Loss, despite: readonly Rival[]): Promise<Reservation>;
  /** The brand's backend took the command; the first time counts. @throws LedgerMismatch when there is no such row. */
  sent(key: LedgerKey, at: string): Promise<void>;
  /** Withdraws unless it was answered: an answered row stays answered. @throws LedgerMismatch when there is no such row. */
  withdraw(key: LedgerKey, at: string): Promise<LedgerEntry>;
  /**
   * Judges an answer and stores it in one transaction, together with the delivery that signals it, so that it needs neither
   * Temporal nor a worker. `unknown` when the brand has no such resolution or it is another claim's.
   */
  accept(brand: string, claimId: string, resolutionId: string, answer: Answer, at: string): Promise<AcceptedAnswer>;
  /** The source of the claim knows; the first time counts. @throws LedgerMismatch when nothing was answered. */
  reported(key: LedgerKey, at: string): Promise<void>;
  /** In the order in which they were commanded. */
  forClaim(brand: string, claimId: string): Promise<LedgerEntry[]>;
}
