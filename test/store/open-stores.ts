import { type Loss } from '../../src/claims/loss';
import { type BrandInput, brandInput } from '../../src/store/brand-config';
import { type Database } from '../../src/store/database';
import { type NewDelivery } from '../../src/store/deliveries';
import { type LedgerEntry, type NewLedgerEntry } from '../../src/store/ledger';
import { createStore, type Store } from '../../src/store/store';
import { createVault } from '../../src/store/vault';
import { openForTest, type TestDatabases } from '../support/databases';

export const vault = createVault([Buffer.alloc(32, 7)]);

/** A store on a new database. */
export async function openStore(kind: TestDatabases): Promise<{ store: Store; database: Database }> {
  const database = await kind.open();
  return { database, store: createStore(database, vault) };
}

/** Two stores on one new database, as two processes have them; the embedded database is for one. */
export async function openTwoStores(kind: TestDatabases): Promise<[Store, Store]> {
  const options = await kind.fresh();
  const first = await openForTest(options);
  await first.migrate();
  return [createStore(first, vault), createStore(await openForTest(options), vault)];
}

export const aBrand = (sections: Record<string, unknown> = {}): BrandInput =>
  brandInput.parse({ name: 'Acme', ...sections });

let count = 0;

/** A loss that nobody else has. */
export const aLoss = (): Loss => ({ orderNames: [`order-${++count}`], lines: [] });

/** Reserves a resolution that nobody contests, and gives its row. */
export async function reserve(store: Store, entry: NewLedgerEntry): Promise<LedgerEntry> {
  const reservation = await store.ledger.reserve(entry, aLoss(), []);
  if ('rivals' in reservation) throw new Error(`contested: ${JSON.stringify(reservation.rivals)}`);
  return reservation.entry;
}

export const aDelivery = (parts: Partial<NewDelivery> = {}): NewDelivery => ({
  brand: 'acme',
  source: 'order-protection',
  topic: 'claim.created',
  dedupeKey: `key-${++count}`,
  claimId: 'cl-1',
  body: '{"note":"the box came empty"}',
  status: 'pending',
  error: null,
  ...parts,
});

export const anEntry = (parts: Partial<NewLedgerEntry> = {}): NewLedgerEntry => ({
  brand: 'acme',
  claimId: 'cl-1',
  source: 'order-protection',
  resolutionId: `res_${++count}`,
  kind: 'refund',
  amount: { amount: '28.62', currency: 'USD' },
  command: '{"type":"resolution.requested"}',
  commandedAt: '2026-03-02T09:14:07.000Z',
  ...parts,
});
