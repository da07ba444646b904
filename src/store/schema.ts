import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, json, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { type AuditDetails, type AuditOutcome } from './audit';
import { type Line } from '../claims/loss';
import { type Source } from '../claims/sources';
import { bytes, instant, words } from './columns';
import { type Mapping } from '../claims/mapping/mapping';
import { type DeliveryStatus } from './deliveries';
import { type LedgerState } from './ledger';
import { type Scope } from './tokens';

/** One row per brand: `settings` is the configuration without its secrets (json, because jsonb refuses U+0000), `secrets` is sealed JSON. */
export const brands = pgTable('brands', {
  brand: words().primaryKey(),
  settings: json().$type<Record<string, unknown>>().notNull(),
  secrets: bytes().notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** Every mapping that a brand has had. They outlive the brand, so that a number never means two mappings. */
export const mappings = pgTable(
  'mappings',
  {
    brand: words().notNull(),
    version: integer().notNull(),
    mapping: json().$type<Mapping>().notNull(),
    since: instant('since').notNull(),
  },
  (mapping) => [primaryKey({ columns: [mapping.brand, mapping.version] })],
);

/** API tokens as SHA-256 hashes. */
export const tokens = pgTable(
  'tokens',
  {
    id: words().primaryKey(),
    brand: words()
      .notNull()
      .references(() => brands.brand, { onDelete: 'cascade' }),
    name: words().notNull(),
    hash: bytes().notNull().unique(),
    scopes: text().array().$type<Scope[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    lastUsedAt: instant('last_used_at'),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  (token) => [index('tokens_of_brand').on(token.brand, token.createdAt)],
);

/** The intake log. Ids rise in the order of arrival. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    brand: words().notNull(),
    source: words().notNull(),
    topic: words().notNull(),
    dedupeKey: words('dedupe_key').notNull(),
    claimId: words('claim_id'),
    /** Sealed; null once its time was over. The rest of the row stays, so that a repeat is still known as one. */
    body: bytes(),
    status: text().$type<DeliveryStatus>().notNull(),
    error: words(),
    attempts: integer().notNull().default(0),
    receivedAt: instant('received_at')
      .notNull()
      .default(sql`now()`),
    /** Pending ones are not looked at before this time: it is moved on by a lease and by a postponement. */
    dueAt: instant('due_at')
      .notNull()
      .default(sql`now()`),
  },
  (delivery) => [
    check('deliveries_pending_have_body', sql`body is not null or status <> 'pending'`),
    unique('deliveries_once').on(delivery.brand, delivery.source, delivery.dedupeKey),
    index('deliveries_pending')
      .on(delivery.id)
      .where(sql`status = 'pending'`),
    index('deliveries_of_brand').on(delivery.brand, delivery.id),
    index('deliveries_by_status')
      .on(delivery.brand, delivery.status, delivery.id)
      .where(sql`status <> 'delivered'`),
    // Nothing is written to it while a delivery is pending, so it costs an arrival nothing.
    index('deliveries_with_body')
      .on(delivery.brand, delivery.receivedAt)
      .where(sql`body is not null and status <> 'pending'`),
  ],
);

/** One row per resolution, written before its command is sent. */
export const ledger = pgTable(
  'ledger',
  {
    brand: words().notNull(),
    resolutionId: words('resolution_id').notNull(),
    claimId: words('claim_id').notNull(),
    source: text().$type<Source>().notNull(),
    kind: words().notNull(),
    amount: words(),
    currency: words(),
    command: bytes().notNull(),
    state: text().$type<LedgerState>().notNull(),
    answer: bytes(),
    commandedAt: instant('commanded_at').notNull(),
    sentAt: instant('sent_at'),
    answeredAt: instant('answered_at'),
    reportedAt: instant('reported_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (entry) => [
    primaryKey({ columns: [entry.brand, entry.resolutionId] }),
    index('ledger_of_claim').on(entry.brand, entry.claimId, entry.commandedAt),
  ],
);

/**
 * The lines of orders that claims were approved for, under every name of the order: by a command (then with its resolution), or
 * by a source that settles by itself (then without). Ids only, no customer data.
 */
export const losses = pgTable(
  'losses',
  {
    brand: words().notNull(),
    orderName: words('order_name').notNull(),
    source: text().$type<Source>().notNull(),
    claimId: words('claim_id').notNull(),
    resolutionId: words('resolution_id').notNull(),
    lines: json().$type<Line[]>().notNull(),
  },
  (loss) => [
    primaryKey({ columns: [loss.brand, loss.orderName, loss.source, loss.claimId, loss.resolutionId] }),
    index('losses_of_claim').on(loss.brand, loss.claimId),
  ],
);

/** The sealed final states of claims whose workflow has completed. */
export const completedClaims = pgTable(
  'completed_claims',
  {
    brand: words().notNull(),
    claimId: words('claim_id').notNull(),
    phase: words().notNull(),
    attention: words().notNull(),
    source: words().notNull(),
    orderId: words('order_id'),
    state: bytes().notNull(),
    completedAt: instant('completed_at').notNull(),
  },
  (claim) => [
    primaryKey({ columns: [claim.brand, claim.claimId] }),
    index('completed_by_time').on(claim.brand, claim.completedAt, claim.claimId),
    index('completed_by_phase').on(claim.brand, claim.phase, claim.completedAt, claim.claimId),
    index('completed_by_order').on(claim.brand, claim.orderId),
  ],
);

/** Who may do an exclusive piece of work, and until when. */
export const leases = pgTable('leases', {
  key: words().primaryKey(),
  holder: words().notNull(),
  expiresAt: instant('expires_at').notNull(),
});

/** The request budgets that all workers share. A full budget has had its time in the past; each request moves it on by its own share. */
export const requestBudgets = pgTable('request_budgets', {
  key: words().primaryKey(),
  spentUntil: instant('spent_until').notNull(),
  /** What the last lease was given. */
  granted: integer().notNull(),
});

/** The audit log: each line's hash covers the line and the one before. Holds ids only, nothing of a customer, because it is never erased. */
export const audit = pgTable(
  'audit',
  {
    seq: bigint({ mode: 'number' }).primaryKey(),
    at: instant().notNull(),
    callId: words('call_id').notNull(),
    actor: words().notNull(),
    action: words().notNull(),
    brand: words(),
    claimId: words('claim_id'),
    outcome: text().$type<AuditOutcome>().notNull(),
    details: json().$type<AuditDetails>().notNull(),
    previous: text().notNull(),
    hash: text().notNull(),
  },
  (line) => [index('audit_of_brand').on(line.brand, line.seq)],
);

/** One row: the number and hash of the last line of the audit log, and the key of its hashes, sealed. */
export const auditEnd = pgTable('audit_end', {
  id: integer().primaryKey(),
  sealed: bytes().notNull(),
});

/** The master keys that have sealed something here, by their ids: none of them may be missing when a process starts. */
export const masterKeys = pgTable('master_keys', {
  id: text().primaryKey(),
  since: instant().notNull(),
  /** Since when no row is sealed with it any more; null while it seals, or rows are left. */
  resealedAt: instant('resealed_at'),
});

/** Keys that a partner refuses altogether: one row per brand and partner, until the key works or the brand is put. */
export const refusedKeys = pgTable(
  'refused_keys',
  {
    brand: words()
      .notNull()
      .references(() => brands.brand, { onDelete: 'cascade' }),
    partner: words().notNull(),
    /** A hash of the key: another key is not refused. */
    mark: words().notNull(),
    message: words().notNull(),
    since: instant().notNull(),
    triedAt: instant('tried_at').notNull(),
  },
  (refused) => [primaryKey({ columns: [refused.brand, refused.partner] })],
);

/** Claims that wait for a key of their brand, until they were told to go on. */
export const keyWaits = pgTable(
  'key_waits',
  {
    brand: words()
      .notNull()
      .references(() => brands.brand, { onDelete: 'cascade' }),
    partner: words().notNull(),
    claimId: words('claim_id').notNull(),
    since: instant().notNull(),
    /** The key works again, or another was put. */
    mayGoOn: boolean('may_go_on').notNull().default(false),
  },
  (wait) => [
    primaryKey({ columns: [wait.brand, wait.partner, wait.claimId] }),
    index('key_waits_to_wake')
      .on(wait.brand, wait.since)
      .where(sql`${wait.mayGoOn}`),
  ],
);
