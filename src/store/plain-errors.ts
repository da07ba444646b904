import { types } from 'node:util';
import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { tellError } from '../redact';
import { DatabaseRefused, DatabaseUnavailable } from './errors';

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
]);
/** What `pg` and PGlite say without a code when a connection is lost, not made in time, or closed. */
const LOST =
  /^(Connection terminated|timeout expired|timeout exceeded|Query read timeout|Client has encountered a connection error|Cannot use a pool after|PGlite is clos)/;

/**
 * A failure of the database in our words. Drizzle's own message holds the values of the statement, and so customer data: it is
 * dropped here. What is no failure of the database is given back as it is.
 */
export function plainError(error: unknown): unknown {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  // By its nature, not by `instanceof`: the system's errors may come from another realm.
  if (!types.isNativeError(cause)) return error;
  const code = codeOf(cause);
  const remedy = remedyOf(code, cause.message);
  if (remedy !== null) return new DatabaseUnavailable(remedy, { cause });
  if (error instanceof DrizzleQueryError || cause instanceof DatabaseError)
    return new DatabaseRefused(
      `The database refused a statement: ${tellError(cause).message}${code === '' ? '' : ` (${code})`}.`,
      { cause },
    );
  return error;
}

/** SQLSTATE (PostgreSQL, "Appendix A. PostgreSQL Error Codes") or the system's code; of several attempts the first one's. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  const [first] = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  return types.isNativeError(first) ? codeOf(first) : '';
}

function remedyOf(code: string, message: string): string | null {
  if (NO_CONNECTION.has(code))
    return `No PostgreSQL server answers (${code}). Start it, or correct the host and port in DATABASE_URL.`;
  if (code.startsWith('28'))
    return `PostgreSQL refuses the user (${code}). Correct the user and password in DATABASE_URL.`;
  if (code === '3D000') return 'The database of DATABASE_URL does not exist. Create it, or correct its name.';
  if (code === '42P01' || code === '42703' || code === '3F000')
    return `The database lacks the tables of this version (${message}). Run "claimkeeper migrate".`;
  if (/^(08|53|57P0|58)/.test(code)) return `PostgreSQL cannot work at present: ${message} (${code}).`;
  if (LOST.test(message)) return `The connection to the database was lost: ${message}.`;
  return null;
}

/** Does `work`, with failures of the database in our words. */
export async function withPlainErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw plainError(error);
  }
}

/** The same functions; those that answer later fail in our words. */
export function plainly<T extends object>(functions: T): T {
  return new Proxy(functions, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(member, target, args);
        return isPromise(result) ? withPlainErrors(() => result) : result;
      };
    },
  });
}

/** By its form: a query of Drizzle is a promise without being a `Promise`. */
function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}
