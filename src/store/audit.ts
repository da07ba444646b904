/** What became of what was asked; `asked` is the line before it, so that nothing happens unaudited. */
export type AuditOutcome = 'asked' | 'done' | 'refused' | 'failed';

/** Ids, statuses and choices that say more of an action. Never a secret, never what a person wrote: lines are kept for ever and in clear. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What is written of an action: who, what, on which brand and claim, and what became of it. */
export interface AuditEntry {
  /** The same in all lines of one call; for a call of the API its request id. */
  callId: string;
  /** `admin`, `token tok_…` or `command line user@host`. */
  actor: string;
  /** A row of the table of routes (`DELETE /v1/brands/{brand}`), or a command (`claimkeeper keys rotate`). */
  action: string;
  brand: string | null;
  claimId: string | null;
  outcome: AuditOutcome;
  details: AuditDetails;
  /** ISO. Lines stand in the order of `seq`; clocks of several processes may differ. */
  at: string;
}

/** A line of the audit log. `seq` has no gaps; `hash` covers the line and, by `previous`, all before it. */
export interface AuditLine extends AuditEntry {
  seq: number;
  previous: string;
  hash: string;
}

/** The last line. Kept elsewhere, it proves later that no line up to it was changed or removed since. */
export interface AuditHead {
  seq: number;
  hash: string;
}

/** What a check of the whole log found. */
export interface AuditReport {
  /** The last line there should be; `null` when that cannot be known. */
  head: AuditHead | null;
  /** The first faults in the order of lines, each as a sentence that names its line. */
  faults: readonly string[];
  faultCount: number;
}

/** The audit log. */
export interface AuditStore {
  /** Writes the next line; all processes take turns. @throws AuditBroken when the log cannot be continued. */
  append(entry: AuditEntry): Promise<AuditHead>;
  /** Newest first. */
  list(filter: { brand?: string; claimId?: string; before?: number; limit: number }): Promise<AuditLine[]>;
  /** Checks every line; `kept` is a head that was noted earlier. */
  verify(kept?: AuditHead): Promise<AuditReport>;
}
