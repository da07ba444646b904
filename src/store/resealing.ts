import { type Sql } from './database';
import { SealBroken } from './errors';
import { SEALED, type SealedColumn } from './sealed-columns';
import { pagesOf, readRows, replaceValue, type Row } from './sealed-rows';
import { INSTALLATION, type Vault } from './vault';

/** How many values of one column are sealed with which master key, by its id. */
export interface SealedCounts {
  column: string;
  keys: Record<string, number>;
}

/** What a round of resealing did. */
export interface Resealed {
  resealed: number;
  /** The first of the values that do not open, each as a sentence. They stay as they are. */
  broken: string[];
  brokenCount: number;
}

/** How a round of resealing is followed and stopped. */
export interface ResealOptions {
  /** Called after each step with the number of values that it dealt with. */
  onStep(values: number): void;
  /** Ends the round after the step that is under way. */
  signal: AbortSignal;
}

/** What the sealed columns of the whole database are sealed with. */
export interface ResealingStore {
  /** Column by column. It reads in small steps, so what is written meanwhile may be missed. */
  count(): Promise<SealedCounts[]>;
  /**
   * Seals with the first master key whatever is sealed with another. A value is replaced only while it is still the one that was read,
   * so others may write meanwhile; and a round that ends half way, however it ends, leaves everything readable, and the next one goes on with what is left.
   */
  reseal(options: ResealOptions): Promise<Resealed>;
}

/** Values that are resealed at once: they may have a megabyte each. */
const STEP = 32;
const BROKEN_NAMED = 10;

export function createResealing(db: Sql, vault: Vault): ResealingStore {
  const [first] = vault.keyIds;

  async function reseal(sealed: SealedColumn, row: Row, report: Resealed): Promise<void> {
    const { brand, boundTo, column, binding } = sealed;
    const value = row[column] as Uint8Array | null;
    if (value === null) return;
    const owner = brand === null ? INSTALLATION : String(row[brand]);
    const place = binding(...boundTo.map((name) => String(row[name])));
    let content: Buffer;
    try {
      content = vault.openBytes(owner, place, value);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      report.brokenCount++;
      if (report.broken.length < BROKEN_NAMED) report.broken.push(error.message);
      return;
    }
    if (await replaceValue(db, sealed, row, vault.seal(owner, place, content))) report.resealed++;
  }

  return {
    async count() {
      const counts: SealedCounts[] = [];
      for (const sealed of Object.values(SEALED)) {
        const keys: Record<string, number> = {};
        for await (const page of pagesOf(db, sealed))
          for (const { keyId } of page) if (keyId !== null) keys[keyId] = (keys[keyId] ?? 0) + 1;
        counts.push({ column: sealed.name, keys });
      }
      return counts;
    },

    async reseal({ onStep, signal }) {
      const report: Resealed = { resealed: 0, broken: [], brokenCount: 0 };
      for (const sealed of Object.values(SEALED))
        for await (const page of pagesOf(db, sealed)) {
          const old = page.filter(({ keyId }) => keyId !== null && keyId !== first).map(({ row }) => row);
          for (let from = 0; from < old.length && !signal.aborted; from += STEP) {
            const step = old.slice(from, from + STEP);
            // Each in a statement of its own, which holds one lock for a moment: nobody waits for long, and never in a circle.
            const rows = await readRows(db, sealed, step);
            await Promise.all(rows.map((row) => reseal(sealed, row, report)));
            onStep(step.length);
          }
          if (signal.aborted) return report;
        }
      return report;
    },
  };
}
