import { type MasterKey } from '../../store/master-keys';
import { type SealedCounts } from '../../store/resealing';
import { type Store } from '../../store/store';
import { type OldRuns } from '../../temporal/old-runs';
import { TemporalUnavailable } from '../../temporal/temporal-unavailable';

/** A master key of this installation and how it stands. */
export interface KeyStanding {
  id: string;
  /**
   * What it is needed for: it seals; it has sealed nothing yet (`unused`); rows are sealed with it, or no rotation has seen that none are
   * (`rows`); workflow runs may be (`runs`), or Temporal does not tell (`unknown`); nothing any more (`free`).
   */
  need: 'seals' | 'unused' | 'rows' | 'runs' | 'unknown' | 'free';
  /** Values in the database. */
  rows: number;
  /** Since when there are none. */
  resealedAt: string | null;
  /** What Temporal keeps from before that. */
  runs: OldRuns | null;
}

/** How all master keys stand, those of the environment first, and what is sealed with which. */
export interface KeysReport {
  keys: KeyStanding[];
  columns: SealedCounts[];
}

/** Counts the workflow runs from before a time (ISO). @throws TemporalUnavailable */
export type CountOldRuns = (time: string) => Promise<OldRuns>;

/** How many values are sealed with a key. */
export function rowsWith(id: string, columns: readonly SealedCounts[]): number {
  return columns.reduce((sum, { keys }) => sum + (keys[id] ?? 0), 0);
}

/** Looks at the database, and at Temporal for the keys that only it may need. */
export async function reportKeys(
  { masterKeys, resealing }: Pick<Store, 'masterKeys' | 'resealing'>,
  countRuns: CountOldRuns,
): Promise<KeysReport> {
  const columns = await resealing.count();
  const known = new Map((await masterKeys.list()).map((key) => [key.id, key]));
  const ids = [...new Set([...masterKeys.given, ...known.keys(), ...columns.flatMap(({ keys }) => Object.keys(keys))])];
  const [first] = masterKeys.given;
  const keys = ids.map(async (id): Promise<KeyStanding> => {
    const rows = rowsWith(id, columns);
    const standing = { id, rows, resealedAt: known.get(id)?.resealedAt ?? null, runs: null };
    return id === first ? { ...standing, need: 'seals' } : withNeed(standing, known.get(id), countRuns);
  });
  return { keys: await Promise.all(keys), columns };
}

async function withNeed(
  standing: Omit<KeyStanding, 'need'>,
  key: MasterKey | undefined,
  countRuns: CountOldRuns,
): Promise<KeyStanding> {
  if (standing.rows > 0) return { ...standing, need: 'rows' };
  if (key === undefined) return { ...standing, need: 'unused' };
  if (key.resealedAt === null) return { ...standing, need: 'rows' };
  try {
    const runs = await countRuns(key.resealedAt);
    return { ...standing, runs, need: runs.open + runs.closed > 0 ? 'runs' : 'free' };
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    return { ...standing, need: 'unknown' };
  }
}

/** Whether no key but the first is needed. */
export function isOneNeeded({ keys }: KeysReport): boolean {
  return keys.every(({ need }) => need === 'seals' || need === 'unused' || need === 'free');
}
