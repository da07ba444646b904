import { loadConfig } from '../config';
import { openDatabase } from '../store/database';
import { createStore, type Store } from '../store/store';
import { createVault } from '../store/vault';

/** Does `work` on the store of the environment, whose master keys must all be there (but one that is given up), and closes it. The embedded database is free only while the service is stopped. */
export async function withStore<T>(
  env: NodeJS.ProcessEnv,
  work: (store: Store) => Promise<T>,
  givenUpKey?: string,
): Promise<T> {
  const { databaseUrl, dataDir, masterKeys } = loadConfig(env);
  const database = await openDatabase({ dataDir, url: databaseUrl ?? undefined });
  const store = createStore(database, createVault(masterKeys));
  try {
    await store.ping();
    await store.masterKeys.check(givenUpKey);
    return await work(store);
  } finally {
    await store.close();
  }
}
