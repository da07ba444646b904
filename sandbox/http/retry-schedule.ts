/** After how long a sender repeats what was not answered as it wants. */
export interface RetrySchedule {
  /** Milliseconds before the second attempt, the third, and so on. */
  readonly afterMs: readonly number[];
  /** Whether it gives up after the last of them; else it goes on at the pace of the last. */
  readonly givesUp: boolean;
}

/** Milliseconds until the next attempt after so many; undefined when the sender gives up. */
export function retryAfter({ afterMs, givesUp }: RetrySchedule, attempts: number): number | undefined {
  return afterMs[attempts - 1] ?? (givesUp ? undefined : afterMs.at(-1));
}
