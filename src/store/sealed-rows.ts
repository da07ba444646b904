import { and, asc, eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm';
import { type PgColumn } from 'drizzle-orm/pg-core';
import { type Sql } from './database';
import { type SealedColumn } from './sealed-columns';
import { KEY_ID_BYTES, KEY_ID_OFFSET } from './vault';

/** Values of a row by the names of their columns in the schema. */
export type Row = Readonly<Record<string, unknown>>;

/** A row by its key, and the id of the master key of its sealed value; null where there is no value. */
export interface SealedRow {
  row: Row;
  keyId: string | null;
}

/** Rows that one statement looks at, so that none takes long whatever the size of the table. */
const PAGE = 1_000;

/** All rows of a sealed column, page by page, by their keys. */
export async function* pagesOf(db: Sql, sealed: SealedColumn): AsyncGenerator<SealedRow[]> {
  // SQL counts bytes from 1.
  const keyId = sql<
    string | null
  >`encode(substring(${columnOf(sealed, sealed.column)} from ${sql.raw(`${KEY_ID_OFFSET + 1} for ${KEY_ID_BYTES}`)}), 'hex')`;
  for (let last: Row | undefined, isMore = true; isMore;) {
    const page = await db
      .select({ row: columnsOf(sealed, sealed.rowKey), keyId })
      .from(sealed.table)
      .where(last === undefined ? undefined : sql`${keyOf(sealed)} > ${keyIn(sealed, last)}`)
      .orderBy(...sealed.rowKey.map((name) => asc(columnOf(sealed, name))))
      .limit(PAGE);
    yield page;
    last = page.at(-1)?.row;
    isMore = page.length === PAGE;
  }
}

/** The rows with these keys, as far as they are still there: key, sealed value and what it is bound to. */
export async function readRows(db: Sql, sealed: SealedColumn, rows: readonly Row[]): Promise<Row[]> {
  const { rowKey, boundTo, brand, column, table } = sealed;
  const names = [...rowKey, ...boundTo, ...(brand === null ? [] : [brand]), column];
  return db
    .select(columnsOf(sealed, names))
    .from(table)
    .where(
      inArray(
        keyOf(sealed),
        rows.map((row) => keyIn(sealed, row)),
      ),
    );
}

/** Puts a value in the place of the one that was read, unless there is another by now. Whether it did. */
export async function replaceValue(db: Sql, sealed: SealedColumn, row: Row, value: Uint8Array): Promise<boolean> {
  const { table, column } = sealed;
  const replaced = await db
    .update(table)
    .set({ [column]: value })
    .where(and(eq(keyOf(sealed), keyIn(sealed, row)), eq(columnOf(sealed, column), row[column])))
    .returning({ one: sql`1` });
  return replaced.length > 0;
}

const columnOf = ({ table }: SealedColumn, name: string): PgColumn => getTableColumns(table)[name] as PgColumn;

const columnsOf = (sealed: SealedColumn, names: readonly string[]): Record<string, PgColumn> =>
  Object.fromEntries(names.map((name) => [name, columnOf(sealed, name)]));

/** The row's key as one value of SQL. */
const keyOf = (sealed: SealedColumn): SQL => tuple(sealed.rowKey.map((name) => sql`${columnOf(sealed, name)}`));
const keyIn = (sealed: SealedColumn, row: Row): SQL => tuple(sealed.rowKey.map((name) => sql`${row[name]}`));
const tuple = (parts: SQL[]): SQL => sql`(${sql.join(parts, sql`, `)})`;
