import { type ClaimPlan } from '../plan/claim';

/** Claims on their way: at most so many at once, the rest waits its turn. */
export interface Pool {
  add(plans: readonly ClaimPlan[]): void;
  /** How many have been added, and of how many all is sent. */
  added(): number;
  done(): number;
  /** Those that were added. */
  sent(): readonly ClaimPlan[];
  /** What went wrong in a sender, if anything did. */
  failures(): readonly unknown[];
}

const AT_ONCE = 40;

/** Plays the claims that are added. One whose senders are ended by the signal is not done, and that is no failure. */
export function createPool(play: (plan: ClaimPlan) => Promise<void>, signal: AbortSignal): Pool {
  const all: ClaimPlan[] = [];
  const waiting: ClaimPlan[] = [];
  const failures: unknown[] = [];
  let running = 0;
  let done = 0;
  const next = (): void => {
    const plan = running < AT_ONCE && !signal.aborted ? waiting.shift() : undefined;
    if (plan === undefined) return;
    running += 1;
    void play(plan)
      .then(() => void (done += 1))
      .catch((error: unknown) => void (signal.aborted || failures.push(error)))
      .finally(() => {
        running -= 1;
        next();
      });
    next();
  };
  return {
    add: (plans) => {
      all.push(...plans);
      waiting.push(...plans);
      next();
    },
    added: () => all.length,
    done: () => done,
    sent: () => all,
    failures: () => failures,
  };
}
