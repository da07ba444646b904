import { inBatches } from './batches';
import { type Bell } from './bell';
import { type Sql } from './database';
import { type DeliveryStore, type NewDelivery, type Recorded } from './deliveries';
import { keyOf, prepareFind, prepareInsert } from './delivery-insert';
import { createDeliveryLog } from './delivery-log';
import { createDeliveryQueue } from './delivery-queue';
import { DatabaseRefused } from './errors';
import { type Vault } from './vault';

/** Several rows in one statement, as far as they are no heavier together than the largest body that comes alone. */
const BATCH = { inputs: 64, weight: 1024 * 1024, weigh: ({ body }: NewDelivery): number => body.length };

export function createDeliveries(db: Sql, vault: Vault, bell: Bell): DeliveryStore {
  const insert = prepareInsert(db, vault);
  const find = prepareFind(db);

  async function recordAll(batch: readonly NewDelivery[]): Promise<Recorded[]> {
    const fresh = await insert(batch);
    const isFresh = (delivery: NewDelivery): boolean => fresh.has(keyOf(delivery));
    if (batch.some((delivery) => delivery.status === 'pending' && isFresh(delivery))) bell.ring();
    const repeats = batch.filter((delivery) => !isFresh(delivery));
    const known = repeats.length === 0 ? fresh : new Map([...(await find(repeats)), ...fresh]);
    const told = new Set<string>();
    return batch.map((delivery) => {
      const key = keyOf(delivery);
      const deliveryId = known.get(key);
      if (deliveryId === undefined)
        throw new DatabaseRefused('The delivery that this one repeats was removed in between.');
      // Of equal ones in one batch, one was inserted.
      const duplicate = !fresh.has(key) || told.has(key);
      told.add(key);
      return { deliveryId, duplicate };
    });
  }

  return {
    record: inBatches(recordAll, BATCH),

    ...createDeliveryQueue(db, vault),
    ...createDeliveryLog(db, bell),
    onArrival: (listener) => bell.onRing(listener),
  };
}
