import { customType } from 'drizzle-orm/pg-core';

/** As the database gives text back: it holds neither U+0000 nor half a surrogate pair, which senders may well have sent. */
export const storable = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD');

/** Text that others may have written: kept, and looked for, as it can be stored. */
export const words = customType<{ data: string; driverData: string }>({ dataType: () => 'text', toDriver: storable });

/** A point in time: `timestamptz`, on our side an ISO string in UTC with milliseconds. */
export const instant = customType<{ data: string; driverData: string | Date }>({
  dataType: () => 'timestamp with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
});

/** Bytes: hashes, and what the vault sealed; that is listed in src/store/sealed-columns.ts too. */
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
