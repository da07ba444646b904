import { request, type Dispatcher } from 'undici';
import { type FailureKind } from '../claims/failure';
import { startDeadline } from './deadline';
import { AddressRefused } from './egress/address-refused';
import { CONNECT_MS, MAX_ANSWER_BYTES, MAX_HEADER_BYTES } from './egress/dispatcher';
import { PartnerError } from './partner-error';

/** One call: a partner's name for messages, a full URL, and at most `timeoutMs` (10 s unless told) until the last byte. */
export interface HttpRequest {
  partner: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** An answer of any status. Header names are lower-case; `body` is the text as it came: it is not decompressed, and asked for as it is. */
export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The one door to the outside: no retries (Temporal does them), no redirects, always a deadline and limits of size. */
export type Http = (request: HttpRequest) => Promise<HttpReply>;

const TIMEOUT_MS = 10_000;

/** Builds the door over the dispatcher that decides which addresses may be dialled and how large an answer may be. */
export function createHttp(dispatcher: Dispatcher): Http {
  return async ({ partner, timeoutMs = TIMEOUT_MS, signal, ...asked }) => {
    const deadline = startDeadline(timeoutMs);
    const end = signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]);
    try {
      end.throwIfAborted();
      return await untilAborted(end, exchange(dispatcher, asked, end));
    } catch (error) {
      const { kind, reason } = deadline.signal.aborted
        ? { kind: 'unavailable' as const, reason: `no answer within ${timeoutMs} ms` }
        : faultOf(error);
      throw new PartnerError(partner, kind, `${asked.method} failed: ${reason}`, undefined, { cause: error });
    } finally {
      deadline.clear();
    }
  };
}

async function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body }: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>,
  signal: AbortSignal,
): Promise<HttpReply> {
  const reply = await request(url, {
    dispatcher,
    method,
    headers: {
      'user-agent': 'claimkeeper',
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  return { status: reply.statusCode, headers: flatten(reply.headers), body: await reply.body.text() };
}

/**
 * undici heeds a signal only once it is connected; then it sends nothing more if the signal was aborted meanwhile. Node.js keeps a signal
 * that somebody listens to in memory for good, and all that hangs on it, so nobody listens once the work is over.
 */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
  });
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

/** A forbidden address stays forbidden; everything else between us and a partner may be better the next time. */
function faultOf(error: unknown): { kind: FailureKind; reason: string } {
  if (error instanceof AddressRefused) return { kind: 'rejected', reason: error.message };
  const { code, message } = error as { code?: unknown; message?: string };
  const reason = typeof code === 'string' ? (LIMITS[code] ?? code) : (message ?? 'unknown');
  return { kind: 'unavailable', reason };
}

const LIMITS: Readonly<Record<string, string>> = {
  UND_ERR_CONNECT_TIMEOUT: `no connection within ${CONNECT_MS} ms`,
  UND_ERR_HEADERS_OVERFLOW: `the header of the answer is over ${MAX_HEADER_BYTES} bytes`,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: `the answer is over ${MAX_ANSWER_BYTES} bytes`,
};

/** The failure that a status outside 2xx stands for. `waitMs` is the wait that the partner's headers ask for. */
export function failureOf(partner: string, what: string, reply: HttpReply, waitMs = retryAfterMs(reply)): PartnerError {
  return new PartnerError(partner, kindOf(reply.status), `${what} was answered ${reply.status}`, waitMs);
}

function kindOf(status: number): FailureKind {
  if (status === 401 || status === 403) return 'credentials';
  if (status === 410) return 'gone';
  if (status === 429) return 'rateLimited';
  return status === 408 || status >= 500 ? 'unavailable' : 'rejected';
}

/** The `Retry-After` header in milliseconds (seconds or an HTTP date, RFC 9110 section 10.2.3), bounded to two minutes. */
function retryAfterMs(reply: HttpReply): number | undefined {
  const value = reply.headers['retry-after'];
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.min(Math.max(milliseconds, 0), 120_000);
}
