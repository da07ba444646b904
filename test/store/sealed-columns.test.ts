import { is, type Table } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../../src/store/schema';
import { SEALED } from '../../src/store/sealed-columns';

/** Columns of bytes that are not sealed. */
const HASHES = ['tokens.hash'];

test('every column of bytes is either a hash or one that a rotation of the master key reseals', () => {
  const tables = (Object.values(schema) as Table[]).filter((table) => is(table, PgTable)).map(getTableConfig);
  const bytes = tables.flatMap(({ name, columns }) =>
    columns.filter((column) => column.getSQLType() === 'bytea').map((column) => `${name}.${column.name}`),
  );
  const known = [...HASHES, ...Object.values(SEALED).map(({ name }) => name)];
  expect(bytes.sort()).toEqual(known.sort());
});
