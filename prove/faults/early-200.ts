import * as store from '../../src/store/store';
import { changed, replace } from '../inside/replace';

/**
 * Webhooks are answered before they are stored, and those of every second claim are stored by nobody, as when the process dies in between. All
 * of a claim, because what one lost webhook told, a double of it or the next read of the claim would tell again. The first claim has to go
 * through before anything is proven.
 */
export function early200(): void {
  const claims: string[] = [];
  replace(store, 'createStore', (create) => (database, vault) => {
    const built = create(database, vault);
    const deliveries = changed(built.deliveries, ({ record }) => ({
      record: async (delivery) => {
        const { claimId } = delivery;
        if (claimId !== null && !claims.includes(claimId)) claims.push(claimId);
        const isKept = claimId === null || claims.indexOf(claimId) % 2 === 0;
        return isKept ? record(delivery) : { deliveryId: 'not stored', duplicate: false };
      },
    }));
    return { ...built, deliveries };
  });
}
