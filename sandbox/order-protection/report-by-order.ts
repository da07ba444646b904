import { OrderProtectionError } from './errors';
import { takeReport } from './reports';
import type { Order, Store } from './state';
import { timestamp, type World } from './world';

/**
 * An order that names another as `originalSourceOrderId` is its replacement (Order Protection, "Update order"). That this settles an approved
 * reship of the original is our reading; an update that settles nothing is an ordinary update.
 */
export function reportByOrder(world: World, store: Store, { sourceOrderId, fields }: Order): void {
  const original = fields.originalSourceOrderId;
  if (original == null) return;
  const ofOriginal = world.state.claims.filter(
    ({ claim }) => claim.storeId === store.id && claim.sourceOrderId === original,
  );
  const body = { type: 'RESHIP', reshipmentSourceOrderId: sourceOrderId };
  for (const record of ofOriginal) {
    try {
      const status = takeReport(world, record, null, body);
      const { id: claimId } = record.claim;
      world.state.reports.push({ at: timestamp(world), via: 'orders', claimId, idempotencyKey: null, body, status });
      return;
    } catch (error) {
      // Not the claim that this replacement is for.
      if (!(error instanceof OrderProtectionError)) throw error;
    }
  }
}
