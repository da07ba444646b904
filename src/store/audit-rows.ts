import { and, asc, between, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { type AuditHead, type AuditLine, type AuditReport, type AuditStore } from './audit';
import { createChainCheck, newChain, nextLine, type ChainEnd } from './audit-chain';
import { type Sql } from './database';
import { AuditBroken, SealBroken } from './errors';
import { audit, auditEnd } from './schema';
import { SEALED } from './sealed-columns';
import { INSTALLATION, type Vault } from './vault';

/** Lines that are read at once. */
const BATCH = 1_000;
const BINDING = SEALED.auditEnd.binding();
const NO_END =
  'The audit log has lines and no end (table audit_end): the end was removed. Restore both tables from a backup.';
const chainEnd = z.object({ key: z.string(), seq: z.int(), hash: z.string() });

export function createAudit(db: Sql, vault: Vault): AuditStore {
  const seal = (end: ChainEnd): Buffer => vault.seal(INSTALLATION, BINDING, JSON.stringify(end));
  const open = (sealed: Uint8Array): ChainEnd => chainEnd.parse(JSON.parse(vault.open(INSTALLATION, BINDING, sealed)));

  /** The end of the chain, locked until the transaction ends: whoever appends next waits. */
  async function takeEnd(tx: Sql): Promise<ChainEnd> {
    const [row] = await tx.select().from(auditEnd).for('update');
    if (row !== undefined) return open(row.sealed);
    const begun = await tx
      .insert(auditEnd)
      .values({ id: 1, sealed: seal(newChain()) })
      .onConflictDoNothing()
      .returning();
    if (begun.length > 0 && (await tx.select({ seq: audit.seq }).from(audit).limit(1)).length > 0)
      throw new AuditBroken(NO_END);
    return takeEnd(tx);
  }

  return {
    append: (entry) =>
      db.transaction(async (tx) => {
        const end = await takeEnd(tx);
        const line = nextLine(end, entry);
        await tx.insert(audit).values(line);
        await tx.update(auditEnd).set({ sealed: seal({ ...end, seq: line.seq, hash: line.hash }) });
        return { seq: line.seq, hash: line.hash };
      }),

    list: ({ brand, claimId, before, limit }) =>
      db
        .select()
        .from(audit)
        .where(
          and(
            brand === undefined ? undefined : eq(audit.brand, brand),
            claimId === undefined ? undefined : eq(audit.claimId, claimId),
            before === undefined ? undefined : lt(audit.seq, before),
          ),
        )
        .orderBy(desc(audit.seq))
        .limit(limit),

    // One state of the database from the first line to the last, while others append.
    verify: (kept) =>
      db.transaction((tx) => verify(tx, kept), { isolationLevel: 'repeatable read', accessMode: 'read only' }),
  };

  async function verify(tx: Sql, kept?: AuditHead): Promise<AuditReport> {
    const [row] = await tx.select().from(auditEnd);
    if (row === undefined) {
      const [line] = await linesWhere(tx, undefined, 1);
      return line === undefined ? createChainCheck(NO_LINES, kept).report() : unverifiable(NO_END);
    }
    let end: ChainEnd;
    try {
      end = open(row.sealed);
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      return unverifiable(`The end of the audit log does not open, so that no line can be checked: ${error.message}`);
    }
    const check = createChainCheck(end, kept);
    // By ranges, so that a line that stands there twice is seen twice.
    for (let from = 1; from <= end.seq; from += BATCH)
      (await linesWhere(tx, between(audit.seq, from, Math.min(from + BATCH - 1, end.seq)))).forEach(check.take);
    (await linesWhere(tx, or(lt(audit.seq, 1), gt(audit.seq, end.seq)), BATCH)).forEach(check.take);
    return check.report();
  }
}

const NO_LINES: ChainEnd = { key: '', seq: 0, hash: '' };

function unverifiable(fault: string): AuditReport {
  return { head: null, faults: [fault], faultCount: 1 };
}

async function linesWhere(tx: Sql, where: SQL | undefined, limit?: number): Promise<AuditLine[]> {
  const lines = tx.select().from(audit).where(where).orderBy(asc(audit.seq)).$dynamic();
  return limit === undefined ? lines : lines.limit(limit);
}
