import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Something that runs until the row is over. */
export interface Part {
  stop(): Promise<void>;
}

/** Where one row is measured: what is started on it is stopped with it, last first. */
export interface Site {
  /** What the amount of work is multiplied by; 1 is what budgets are meant for. */
  readonly scale: number;
  /** How often the row will be measured. */
  readonly rounds: number;
  readonly database: 'postgres' | 'pglite';
  /** A Temporal server to use in place of one of our own. */
  readonly temporalAddress: string | null;
  keep<T extends Part>(part: T): T;
  /** A folder that goes with the site. */
  folder(): Promise<string>;
  /** So much work at this scale, and never less than `least`. */
  amount(work: number, least?: number): number;
}

/** So much work at a scale, and never less than `least`. */
export const amountAt = (scale: number, work: number, least = 1): number => Math.max(least, Math.round(work * scale));

/** Does the work on a new site and clears the site afterwards. */
export async function onSite<T>(
  settings: Pick<Site, 'scale' | 'rounds' | 'database' | 'temporalAddress'>,
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const parts: Part[] = [];
  const keep = <P extends Part>(part: P): P => {
    parts.push(part);
    return part;
  };
  let failure: unknown = null;
  const note = (error: unknown): void => {
    failure ??= error;
  };
  const done = await work({
    ...settings,
    keep,
    async folder() {
      const path = await mkdtemp(join(tmpdir(), 'claimkeeper-bench-'));
      keep({ stop: () => rm(path, { recursive: true, force: true }) });
      return path;
    },
    amount: (amount, least = 1) => Math.max(least, Math.round(amount * settings.scale)),
  }).catch(note);
  // One that cannot be stopped must not keep the others up, nor hide what went wrong first.
  for (const part of parts.toReversed()) await part.stop().catch(note);
  if (failure !== null) throw failure as Error;
  return done as T;
}
