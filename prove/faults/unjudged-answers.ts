import * as store from '../../src/store/store';
import { changed, replace } from '../inside/replace';

/** Every answer is taken, whatever was accepted before. */
export function unjudgedAnswers(): void {
  replace(store, 'createStore', (create) => (database, vault) => {
    const built = create(database, vault);
    const ledger = changed(built.ledger, ({ accept }) => ({
      accept: async (...given) => {
        const accepted = await accept(...given);
        return accepted.verdict === 'refused' ? { verdict: 'applied', entry: accepted.entry } : accepted;
      },
    }));
    return { ...built, ledger };
  });
}
