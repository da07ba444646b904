import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { auditEnd, brands, completedClaims, deliveries, ledger } from './schema';
import { bindingOf } from './vault';

/** A column of sealed bytes: where its rows are, whose key they are sealed with, and what binds each to its place. Columns go by their names in the schema. */
export interface SealedColumn {
  /** `table.column`, as the database names them. */
  name: string;
  table: PgTable;
  column: string;
  /** What tells one row from another. */
  rowKey: readonly string[];
  /** Where the brand stands; null for what belongs to the installation. */
  brand: string | null;
  /** Whose values are bound with the bytes, in this order. */
  boundTo: readonly string[];
  /** Names the place of one value for the vault, by the values of `boundTo`. */
  binding(...values: string[]): string;
}

/** Every sealed column of the database: the stores seal and open by it, and a rotation of the master key walks through it. */
export const SEALED = {
  brandSecrets: sealedColumn(brands, 'secrets', 'brand'),
  deliveryBody: sealedColumn(deliveries, 'body', 'brand', 'source', 'dedupeKey'),
  ledgerCommand: sealedColumn(ledger, 'command', 'brand', 'resolutionId'),
  ledgerAnswer: sealedColumn(ledger, 'answer', 'brand', 'resolutionId'),
  completedState: sealedColumn(completedClaims, 'state', 'brand', 'claimId'),
  auditEnd: sealedColumn(auditEnd, 'sealed', null),
} as const;

type ColumnOf<T extends PgTable> = keyof T['_']['columns'] & string;

function sealedColumn<T extends PgTable>(
  table: T,
  column: ColumnOf<T>,
  brand: ColumnOf<T> | null,
  ...boundTo: ColumnOf<T>[]
): SealedColumn {
  const columns = Object.entries(getTableColumns(table));
  const composite = getTableConfig(table).primaryKeys[0]?.columns.map((column) => column.name);
  const isKey = ({ name, primary }: { name: string; primary: boolean }): boolean =>
    composite?.includes(name) ?? primary;
  const name = `${getTableName(table)}.${getTableColumns(table)[column]?.name ?? ''}`;
  return {
    name,
    table,
    column,
    rowKey: columns.filter(([, one]) => isKey(one)).map(([property]) => property),
    brand,
    boundTo,
    binding: (...values) => bindingOf(name, ...values),
  };
}
