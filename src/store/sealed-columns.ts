import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type AnyPgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { auditEnd, brands, completedClaims, deliveries, ledger } from './schema';
import { bindingOf } from './vault';

/** A column of sealed bytes: where its rows are, whose key they are sealed with, and what binds each to its place. */
export interface SealedColumn {
  /** `table.column` */
  name: string;
  table: PgTable;
  column: AnyPgColumn;
  /** The columns that tell one row from another. */
  rowKey: readonly AnyPgColumn[];
  /** Where the brand stands; null for what belongs to the installation. */
  brand: AnyPgColumn | null;
  /** The columns whose values are bound with the bytes, in this order. */
  boundTo: readonly AnyPgColumn[];
  /** Names the place of one value for the vault, by the values of `boundTo`. */
  binding(...values: string[]): string;
}

/** Every sealed column of the database: the stores seal and open by it, and a rotation of the master key walks through it. */
export const SEALED = {
  brandSecrets: sealedColumn(brands.secrets, brands.brand),
  deliveryBody: sealedColumn(deliveries.body, deliveries.brand, deliveries.source, deliveries.dedupeKey),
  ledgerCommand: sealedColumn(ledger.command, ledger.brand, ledger.resolutionId),
  ledgerAnswer: sealedColumn(ledger.answer, ledger.brand, ledger.resolutionId),
  completedState: sealedColumn(completedClaims.state, completedClaims.brand, completedClaims.claimId),
  auditEnd: sealedColumn(auditEnd.sealed, null),
} as const;

function sealedColumn(column: AnyPgColumn, brand: AnyPgColumn | null, ...boundTo: AnyPgColumn[]): SealedColumn {
  const { table } = column;
  const { primaryKeys } = getTableConfig(table);
  const name = `${getTableName(table)}.${column.name}`;
  return {
    name,
    table,
    column,
    rowKey: primaryKeys[0]?.columns ?? Object.values(getTableColumns(table)).filter(({ primary }) => primary),
    brand,
    boundTo,
    binding: (...values) => bindingOf(name, ...values),
  };
}
