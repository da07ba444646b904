import { eq } from 'drizzle-orm';
import { brandConfig, brandView, type BrandConfig, type BrandInput, type BrandView } from './brand-config';
import {
  clearSecret,
  keepSecrets,
  secretsToGiveAgain,
  settingsOf,
  shownSecret,
  withSecrets,
  type KeptSecrets,
} from './brand-secrets';
import { type Bell } from './bell';
import { type Sql } from './database';
import { type NewDelivery } from './deliveries';
import { prepareInsert } from './delivery-insert';
import { SecretsToGiveAgain } from './errors';
import { keepMapping } from './mappings';
import { brands } from './schema';
import { SEALED } from './sealed-columns';
import { type Vault } from './vault';

export interface BrandSummary {
  brand: string;
  name: string;
  createdAt: string;
  updatedAt: string;
}

/** The brands and their secrets. */
export interface BrandStore {
  /** The configuration with secrets in clear, or `null` for an unknown brand. */
  get(brand: string): Promise<Readonly<BrandConfig> | null>;
  /** Sees that no secret that is kept would go to another address by `input`, as `put` does. @throws SecretsToGiveAgain */
  checkSecrets(brand: string, input: BrandInput): Promise<void>;
  /** Replaces all but secrets: one left out stays, `null` removes it, a list replaces the list. @throws SecretsToGiveAgain */
  put(brand: string, input: BrandInput): Promise<'created' | 'replaced'>;
  /** The configuration as it may be shown, or `null` for an unknown brand. */
  view(brand: string): Promise<BrandView | null>;
  list(): Promise<BrandSummary[]>;
  /** Removes configuration, secrets and tokens; `false` for an unknown brand. The ledger stays: it is what keeps money from moving twice. */
  remove(brand: string): Promise<boolean>;
}

const BINDING = SEALED.brandSecrets.binding();

export function createBrands(db: Sql, vault: Vault, bell: Bell): BrandStore {
  const sealSecrets = (brand: string, kept: KeptSecrets): Buffer => vault.seal(brand, BINDING, JSON.stringify(kept));
  const openSecrets = (brand: string, bytes: Uint8Array): KeptSecrets =>
    JSON.parse(vault.open(brand, BINDING, bytes)) as KeptSecrets;

  async function read(brand: string): Promise<{ settings: Record<string, unknown>; kept: KeptSecrets } | null> {
    const [row] = await db.select().from(brands).where(eq(brands.brand, brand));
    return row === undefined ? null : { settings: row.settings, kept: openSecrets(brand, row.secrets) };
  }

  return {
    async get(brand) {
      const found = await read(brand);
      return found === null ? null : brandConfig.parse(withSecrets(found.settings, found.kept, clearSecret));
    },

    async view(brand) {
      const found = await read(brand);
      return found === null ? null : brandView.parse(withSecrets(found.settings, found.kept, shownSecret));
    },

    async checkSecrets(brand, input) {
      const found = await read(brand);
      if (found !== null) refuseMoved(found.settings, found.kept, input);
    },

    async put(brand, input) {
      const became = await db.transaction(async (tx) => {
        const now = new Date().toISOString();
        // Whoever comes second waits here, or at the lock below: the row serialises all changes of a brand.
        const created = await tx
          .insert(brands)
          .values({ brand, settings: {}, secrets: sealSecrets(brand, {}), createdAt: now, updatedAt: now })
          .onConflictDoNothing()
          .returning({ brand: brands.brand });
        const [row] = await tx
          .select({ settings: brands.settings, secrets: brands.secrets })
          .from(brands)
          .where(eq(brands.brand, brand))
          .for('update');
        // Removed between the two statements: made anew.
        if (row === undefined) return createBrands(tx, vault, bell).put(brand, input);
        const before = openSecrets(brand, row.secrets);
        refuseMoved(row.settings, before, input);
        const kept = keepSecrets(before, input, now);
        const settings = settingsOf(input);
        if (input.kustomer) {
          const { version, isChanged } = await keepMapping(tx, brand, input.kustomer.mapping, now);
          settings['kustomer'] = { ...(settings['kustomer'] as object), mappingVersion: version };
          if (isChanged) await prepareInsert(tx, vault)([mappingChanged(brand, version)]);
        }
        await tx
          .update(brands)
          .set({ settings, secrets: sealSecrets(brand, kept), updatedAt: now })
          .where(eq(brands.brand, brand));
        return created.length > 0 ? 'created' : 'replaced';
      });
      // There may be a changed mapping to tell of.
      bell.ring();
      return became;
    },

    async list() {
      const rows = await db.select().from(brands).orderBy(brands.brand);
      return rows.map(({ settings, secrets: _, ...row }) => ({ ...row, name: String(settings['name']) }));
    },

    async remove(brand) {
      const removed = await db.delete(brands).where(eq(brands.brand, brand)).returning({ brand: brands.brand });
      return removed.length > 0;
    },
  };
}

function refuseMoved(settings: Record<string, unknown>, kept: KeptSecrets, input: BrandInput): void {
  const secrets = secretsToGiveAgain(settings, kept, input);
  if (secrets.length > 0) throw new SecretsToGiveAgain(secrets);
}

/** Stored in the transaction that changes the mapping, so that open claims are told of it whatever happens. */
function mappingChanged(brand: string, version: number): NewDelivery {
  const dedupeKey = `mapping:${version}`;
  const body = JSON.stringify({ version });
  const about = { source: 'claimkeeper', topic: 'mapping.changed', claimId: null };
  return { brand, ...about, dedupeKey, body, status: 'pending', error: null };
}
