import { Command } from 'commander';
import { type Store } from '../store/store';
import { lazyClient, temporalConfig } from '../temporal/connection';
import { countOldRuns } from '../temporal/old-runs';
import { forgetKey } from './keys/forget';
import { rotateKeys } from './keys/rotate';
import { isOneNeeded, reportKeys, type CountOldRuns } from './keys/standing';
import { keysText } from './keys/text';
import { print, printJson } from './print';
import { withStore } from './with-store';

/** Only the first key is needed; another one is still. What fails ends with 1. */
const exitCodeOf = (isDone: boolean): number => (isDone ? 0 : 2);

/** `claimkeeper keys`: what is sealed with which master key, and their rotation. */
export function keysCommand(env: NodeJS.ProcessEnv): Command {
  const keys = new Command('keys').description('see and rotate the master keys').addHelpText(
    'after',
    `
A key goes by its id, which tells nothing of the key. To rotate: add a new key behind the first in CLAIMKEEPER_MASTER_KEYS of every
process and restart them; put it first everywhere and restart them; then: claimkeeper keys rotate`,
  );

  keys
    .command('status')
    .description('say how many rows are sealed with which master key, and what each key is still needed for')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExit code: 0 only the first key is needed, 2 another one is, 1 it failed.')
    .action(async ({ json = false }: { json?: boolean }) => {
      const report = await withParts(env, reportKeys);
      if (json) printJson(report);
      else print(keysText(report));
      process.exitCode = exitCodeOf(isOneNeeded(report));
    });

  keys
    .command('rotate')
    .description('seal with the first master key what is sealed with others, and say when those may be removed')
    .addHelpText(
      'after',
      `
The service may run meanwhile (but not on the embedded database, which is for one process). It may be stopped at any time, and
be repeated: it goes on with what is left.
Exit code: 0 only the first key is needed, 2 something is left to do or to wait for (it says what), 1 it failed.`,
    )
    .action(async () => {
      process.exitCode = exitCodeOf(await withParts(env, rotateKeys));
    });

  keys
    .command('forget <id>')
    .description(
      'give up a key that is lost, so that the service starts without it; refused while rows are sealed with it',
    )
    .action((id: string) => withParts(env, (store, runs) => forgetKey(store, runs, id), id));

  return keys;
}

/** Does `work` on the store and the Temporal server of the environment. */
async function withParts<T>(
  env: NodeJS.ProcessEnv,
  work: (store: Store, countRuns: CountOldRuns) => Promise<T>,
  givenUpKey?: string,
): Promise<T> {
  const client = lazyClient(temporalConfig(env), {});
  try {
    return await withStore(env, (store) => work(store, (time) => countOldRuns(client, time)), givenUpKey);
  } finally {
    await client.connection.close();
  }
}
