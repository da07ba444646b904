import { isDeepStrictEqual } from 'node:util';
import { desc, eq } from 'drizzle-orm';
import { type Mapping } from '../claims/mapping/mapping';
import { type Sql } from './database';
import { mappings } from './schema';

/** A mapping that a brand has had, by number from 1. */
export interface MappingVersion {
  version: number;
  mapping: Mapping;
  since: string;
}

/** All mappings that brands have had: a Klaim names the version by which it was written. */
export interface MappingStore {
  /** Newest first: the first is the one in use. */
  versions(brand: string): Promise<MappingVersion[]>;
}

export function createMappings(db: Sql): MappingStore {
  return { versions: (brand) => newestFirst(db, brand) };
}

/** Gives the version of this mapping: the newest one's when nothing has changed, else a new one. `isChanged`: there was another before. The caller holds the brand's row. */
export async function keepMapping(
  tx: Sql,
  brand: string,
  mapping: Mapping,
  now: string,
): Promise<{ version: number; isChanged: boolean }> {
  const [newest] = await newestFirst(tx, brand, 1);
  if (newest !== undefined && isDeepStrictEqual(newest.mapping, mapping))
    return { version: newest.version, isChanged: false };
  const version = (newest?.version ?? 0) + 1;
  await tx.insert(mappings).values({ brand, version, mapping, since: now });
  return { version, isChanged: newest !== undefined };
}

function newestFirst(db: Sql, brand: string, limit = 100): Promise<MappingVersion[]> {
  return db
    .select({ version: mappings.version, mapping: mappings.mapping, since: mappings.since })
    .from(mappings)
    .where(eq(mappings.brand, brand))
    .orderBy(desc(mappings.version))
    .limit(limit);
}
