import { tableOf } from '../print';
import { type KeysReport, type KeyStanding } from './standing';

/** How the master keys stand, as people read it. */
export function keysText({ keys, columns }: KeysReport): string {
  const rows = columns.map(({ column, keys: counts }) => [column, ...keys.map(({ id }) => String(counts[id] ?? 0))]);
  return [tableOf(['rows sealed with', ...keys.map(({ id }) => id)], rows), ...keys.map(standingText)].join('\n');
}

/** What one key is needed for, and what to do about it. */
export function standingText(key: KeyStanding): string {
  return `Key ${key.id} ${SENTENCES[key.need](key)}`;
}

const SENTENCES: Readonly<Record<KeyStanding['need'], (key: KeyStanding) => string>> = {
  seals: () => 'seals.',
  unused: () =>
    'has nothing sealed with it: it is to stand first in CLAIMKEEPER_MASTER_KEYS one day, or may be removed.',
  rows: ({ rows }) => `is needed: ${rows} rows are sealed with it.\n  Next: claimkeeper keys rotate`,
  runs: ({ resealedAt, runs }) =>
    `is needed: no row is sealed with it since ${resealedAt}, but ${runs?.open} open and ${runs?.closed} closed workflow runs began before.\n` +
    `  Keep it behind the first. Open ones end with their claims, closed ones are removed by Temporal ${runs?.retentionHours} hours later.\n` +
    '  Next, then: claimkeeper keys rotate',
  unknown: ({ resealedAt }) =>
    `may be needed: no row is sealed with it since ${resealedAt}, but Temporal does not answer, which may keep workflow runs from before.\n` +
    '  Keep it behind the first. Next, when Temporal answers: claimkeeper keys rotate',
  free: () => 'is needed no more. Next: claimkeeper keys rotate',
};
