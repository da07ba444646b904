import { and, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm';
import { type Sql } from './database';
import { MasterKeyMissing } from './errors';
import { masterKeys } from './schema';
import { type Vault } from './vault';

/** A master key that has sealed something here, by its id. */
export interface MasterKey {
  id: string;
  since: string;
  /** Since when no row of the database is sealed with it any more; null while it seals, or rows are left. */
  resealedAt: string | null;
}

/** The master keys of this installation. */
export interface MasterKeyStore {
  /** The ids of the keys that this process was given: the first seals. */
  readonly given: readonly string[];
  /** @throws MasterKeyMissing when a key that has sealed something here, other than `given up`, is not in the vault; it names each, and what to do. */
  check(givenUp?: string): Promise<void>;
  /** Checks, and enters the first key of the vault as one that seals: called before anything is sealed. @throws MasterKeyMissing */
  use(): Promise<void>;
  /** Oldest first. */
  list(): Promise<MasterKey[]>;
  /** Keeps whether rows are sealed with a key, and so since when none are. */
  note(id: string, hasRows: boolean): Promise<void>;
  /** From now on the key need not be there. */
  forget(id: string): Promise<void>;
}

export function createMasterKeys(db: Sql, { keyIds }: Pick<Vault, 'keyIds'>): MasterKeyStore {
  async function check(on: Sql, ...givenUp: string[]): Promise<void> {
    const missing = await on
      .select({ id: masterKeys.id })
      .from(masterKeys)
      .where(notInArray(masterKeys.id, [...keyIds, ...givenUp]))
      .orderBy(masterKeys.since, masterKeys.id);
    if (missing.length > 0)
      throw new MasterKeyMissing(
        messageFor(
          missing.map(({ id }) => id),
          keyIds,
        ),
      );
  }

  return {
    given: keyIds,

    check: (...givenUp) => check(db, ...givenUp.filter((id) => id !== undefined)),

    use: () =>
      db.transaction(async (tx) => {
        // One process after the other: of two that come to an empty database with different keys, the second is refused.
        await tx.execute(sql`lock table ${masterKeys} in share row exclusive mode`);
        await check(tx);
        const [id = ''] = keyIds;
        await tx
          .insert(masterKeys)
          .values({ id, since: sql`now()` })
          .onConflictDoUpdate({
            target: masterKeys.id,
            set: { resealedAt: null },
            setWhere: isNotNull(masterKeys.resealedAt),
          });
      }),

    async note(id, hasRows) {
      if (hasRows)
        await db
          .insert(masterKeys)
          .values({ id, since: sql`now()` })
          .onConflictDoUpdate({ target: masterKeys.id, set: { resealedAt: null } });
      else
        await db
          .update(masterKeys)
          .set({ resealedAt: sql`now()` })
          .where(and(eq(masterKeys.id, id), isNull(masterKeys.resealedAt)));
    },

    async forget(id) {
      await db.delete(masterKeys).where(eq(masterKeys.id, id));
    },

    list: () => db.select().from(masterKeys).orderBy(masterKeys.since, masterKeys.id),
  };
}

function messageFor(missing: readonly string[], there: readonly string[]): string {
  return (
    `CLAIMKEEPER_MASTER_KEYS lacks master key ${missing.join(' and ')}, with which this installation has sealed data; it holds ${there.join(', ')}. ` +
    'Put the missing key back, behind the one that is to seal. What to do when it is lost: docs/security.md, "Master keys".'
  );
}
