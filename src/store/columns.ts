import { customType } from 'drizzle-orm/pg-core';

/** Text that senders may have written: PostgreSQL cannot hold U+0000, so it is kept, and looked for, as U+FFFD. */
export const words = customType<{ data: string; driverData: string }>({
  dataType: () => 'text',
  toDriver: (text) => text.replaceAll('\0', '\uFFFD'),
});

/** A point in time: `timestamptz`, on our side an ISO string in UTC with milliseconds. */
export const instant = customType<{ data: string; driverData: string | Date }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
});

/** Bytes: what the vault sealed, and hashes. */
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
