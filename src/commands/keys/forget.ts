import { type Store } from '../../store/store';
import { onRecord } from '../on-record';
import { print } from '../print';
import { reportKeys, type CountOldRuns } from './standing';

/** A key cannot be given up; the message says why, and what to do. */
export class KeyNeeded extends Error {
  override readonly name = 'KeyNeeded';
}

/** Gives up a key that is lost, and says what cannot be read without it. @throws KeyNeeded */
export async function forgetKey(store: Store, countRuns: CountOldRuns, id: string): Promise<void> {
  const { keys } = await reportKeys(store, countRuns);
  const key = keys.find((one) => one.id === id);
  if (key === undefined || key.need === 'unused')
    throw new KeyNeeded(`Key ${id} has nothing sealed with it here. See the keys: claimkeeper keys status`);
  if (key.need === 'seals') throw new KeyNeeded(`Key ${id} stands first in CLAIMKEEPER_MASTER_KEYS: it seals.`);
  if (key.rows > 0)
    throw new KeyNeeded(
      `${key.rows} rows are sealed with key ${id}, and cannot be read without it. Put the key back, behind the first, and type: claimkeeper keys rotate`,
    );
  await onRecord(
    store,
    'claimkeeper keys forget',
    () => store.masterKeys.forget(id),
    () => ({ key: id }),
  );
  print(`Key ${id} need not be in CLAIMKEEPER_MASTER_KEYS any more.`);
  if (key.runs === null || key.runs.open > 0)
    print(
      `${key.runs?.open ?? 'An unknown number of'} open workflow runs began before ${key.resealedAt ?? 'it was replaced'}, and go on only with the key: ` +
        'terminate those that hang and replay their deliveries.',
    );
}
