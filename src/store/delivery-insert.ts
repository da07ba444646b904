import { sql, type SQL, type WithSubquery } from 'drizzle-orm';
import { storable } from './columns';
import { type Sql } from './database';
import { type NewDelivery } from './deliveries';
import { deliveries } from './schema';
import { SEALED } from './sealed-columns';
import { type Vault } from './vault';

/** What a delivery is known by; a repeat has the same. */
export type DeliveryKey = Pick<NewDelivery, 'brand' | 'source' | 'dedupeKey'>;

/** Names the place of a delivery's body for the vault. */
export const bodyBinding = ({ source, dedupeKey }: Pick<DeliveryKey, 'source' | 'dedupeKey'>): string =>
  SEALED.deliveryBody.binding(source, dedupeKey);

/** A delivery's key as one text, as the database holds it. */
export const keyOf = ({ brand, source, dedupeKey }: DeliveryKey): string =>
  JSON.stringify([brand, source, storable(dedupeKey)]);

/** The ids of stored deliveries by {@link keyOf}. */
export type IdsByKey = ReadonlyMap<string, string>;

/** Columns of one row each: `unnest` makes rows of them, so that any number of rows is the same statement. */
const arrived = sql`unnest(
  ${sql.placeholder('brands')}::text[], ${sql.placeholder('sources')}::text[], ${sql.placeholder('topics')}::text[],
  ${sql.placeholder('dedupeKeys')}::text[], ${sql.placeholder('claimIds')}::text[], ${sql.placeholder('bodies')}::bytea[],
  ${sql.placeholder('statuses')}::text[], ${sql.placeholder('errors')}::text[]
) as arrived(brand, source, topic, dedupe_key, claim_id, body, status, error)`;

const of = <T>(column: string): SQL<T> => sql<T>`arrived.${sql.identifier(column)}`;

/** What is written first, in the same statement, and which deliveries go in by what came of it. */
export interface FirstWrite {
  write: WithSubquery;
  admits: SQL;
}

/**
 * The one insert of deliveries, alone or behind another write of the same statement, whose values are then `firstValues`. Gives the ids of those
 * that were new, by {@link keyOf}.
 * The rows of a batch go in by their keys, the same way in every process: two batches with the same keys wait for each other and never in a circle.
 */
export function prepareInsert(
  db: Sql,
  vault: Vault,
  first?: FirstWrite,
): (batch: readonly NewDelivery[], firstValues?: Record<string, unknown>) => Promise<IdsByKey> {
  const insert = (first === undefined ? db : db.with(first.write))
    .insert(deliveries)
    .select((query) =>
      query
        .select({
          id: sql<number>`nextval('deliveries_id_seq')`.as('id'),
          brand: of<string>('brand').as('brand'),
          source: of<string>('source').as('source'),
          topic: of<string>('topic').as('topic'),
          dedupeKey: of<string>('dedupe_key').as('dedupe_key'),
          claimId: of<string | null>('claim_id').as('claim_id'),
          body: of<Uint8Array>('body').as('body'),
          status: of<'pending'>('status').as('status'),
          error: of<string | null>('error').as('error'),
          attempts: sql<number>`0`.as('attempts'),
          receivedAt: sql<string>`now()`.as('received_at'),
          dueAt: sql<string>`now()`.as('due_at'),
        })
        .from(arrived)
        .where(first?.admits),
    )
    .onConflictDoNothing()
    .returning({
      id: deliveries.id,
      brand: deliveries.brand,
      source: deliveries.source,
      dedupeKey: deliveries.dedupeKey,
    })
    .prepare(first === undefined ? 'insert_deliveries' : `insert_deliveries_after_${first.write._.alias}`);

  return async (batch, firstValues = {}) => {
    const keyed = batch.map((delivery) => ({ key: keyOf(delivery), delivery }));
    const rows = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ delivery }) => delivery);
    const inserted = await insert.execute({
      ...firstValues,
      brands: rows.map(({ brand }) => brand),
      sources: rows.map(({ source }) => source),
      topics: rows.map(({ topic }) => storable(topic)),
      dedupeKeys: rows.map(({ dedupeKey }) => storable(dedupeKey)),
      claimIds: rows.map(({ claimId }) => claimId && storable(claimId)),
      bodies: rows.map((row) => vault.seal(row.brand, bodyBinding(row), row.body)),
      statuses: rows.map(({ status }) => status),
      errors: rows.map(({ error }) => error && storable(error)),
    });
    return new Map(inserted.map((row) => [keyOf(row), String(row.id)]));
  };
}

/** Finds stored deliveries by their keys. */
export function prepareFind(db: Sql): (keys: readonly DeliveryKey[]) => Promise<IdsByKey> {
  const find = db
    .select({
      id: deliveries.id,
      brand: deliveries.brand,
      source: deliveries.source,
      dedupeKey: deliveries.dedupeKey,
    })
    .from(deliveries)
    .where(
      sql`(${deliveries.brand}, ${deliveries.source}, ${deliveries.dedupeKey}) in (select * from unnest(
        ${sql.placeholder('brands')}::text[], ${sql.placeholder('sources')}::text[], ${sql.placeholder('dedupeKeys')}::text[]))`,
    )
    .prepare('find_deliveries');

  return async (keys) => {
    const found = await find.execute({
      brands: keys.map(({ brand }) => brand),
      sources: keys.map(({ source }) => source),
      dedupeKeys: keys.map(({ dedupeKey }) => storable(dedupeKey)),
    });
    return new Map(found.map((row) => [keyOf(row), String(row.id)]));
  };
}
