import { SingleBar } from 'cli-progress';
import { type Resealed } from '../../store/resealing';
import { type Store } from '../../store/store';
import { onRecord } from '../on-record';
import { print } from '../print';
import { isOneNeeded, reportKeys, rowsWith, type CountOldRuns } from './standing';
import { standingText } from './text';

/** Rounds that follow each other when rows appear that are sealed with another key: written by a process that has it first. */
const ROUNDS = 3;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Reseals everything with the first key and says how the others stand; those that nothing needs any more are forgotten. Whether only the first is needed. */
export async function rotateKeys(store: Store, countRuns: CountOldRuns): Promise<boolean> {
  await store.masterKeys.use();
  const { resealed, broken, brokenCount, isStopped } = await onRecord(
    store,
    'claimkeeper keys rotate',
    () => untilStopped((signal) => resealAll(store, signal)),
    ({ resealed, brokenCount, isStopped }) => ({ resealed, notOpened: brokenCount, isStopped }),
  );
  print(`${resealed} rows resealed with key ${store.masterKeys.given[0]}.`);
  if (isStopped) {
    print('Stopped half way; everything can be read with both keys.\n  Next: claimkeeper keys rotate');
    return false;
  }
  const report = await reportKeys(store, countRuns);
  for (const key of report.keys)
    if (key.need === 'free') {
      await store.masterKeys.forget(key.id);
      print(`Key ${key.id} is needed no more: remove it from CLAIMKEEPER_MASTER_KEYS of every process.`);
    } else if (key.need !== 'seals') print(standingText(key));
  if (brokenCount > 0) throw new Error(brokenText(broken, brokenCount));
  return isOneNeeded(report);
}

/** Round after round until no row is sealed with another key, and keeps since when that is so. */
async function resealAll({ masterKeys, resealing }: Store, signal: AbortSignal): Promise<Resealed> {
  const [first, ...others] = masterKeys.given;
  const bar = new SingleBar({ format: 'rows {bar} {value}/{total}  {duration_formatted}', stream: process.stderr });
  const sum: Resealed = { resealed: 0, broken: [], brokenCount: 0 };
  for (let round = 1; !signal.aborted; round++) {
    const columns = await resealing.count();
    for (const id of others) await masterKeys.note(id, rowsWith(id, columns) > 0);
    const ids = new Set(columns.flatMap(({ keys }) => Object.keys(keys)));
    const left = [...ids].reduce((rows, id) => (id === first ? rows : rows + rowsWith(id, columns)), 0);
    if (left === sum.brokenCount || round > ROUNDS) break;
    bar.start(left, 0);
    const onStep = (values: number): void => bar.increment(values);
    const done = await resealing.reseal({ onStep, signal }).finally(() => bar.stop());
    Object.assign(sum, { ...done, resealed: sum.resealed + done.resealed });
  }
  return sum;
}

/** Lets ctrl-C and SIGTERM end `work` at its next stop; a second one ends the process. */
async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T & { isStopped: boolean }> {
  const stop = new AbortController();
  const end = (): void => {
    process.stderr.write('\nstopping after this step …\n');
    stop.abort();
  };
  for (const signal of SIGNALS) process.once(signal, end);
  try {
    return { ...(await work(stop.signal)), isStopped: stop.signal.aborted };
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

function brokenText(broken: readonly string[], count: number): string {
  const more = count - broken.length;
  return [
    `${count} rows do not open and were left as they are:`,
    ...broken,
    ...(more > 0 ? [`… and ${more} more.`] : []),
  ].join('\n');
}
