import { request, type Dispatcher } from 'undici';
import { type FailureKind } from '../claims/failure';
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

/** An answer of any status. Header names are lower-case; `body` is the text, at most `MAX_BODY_BYTES`. */
export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The one door to the outside: no retries (Temporal does them), no redirects, always a deadline and a size limit. */
export type Http = (request: HttpRequest) => Promise<HttpReply>;

const TIMEOUT_MS = 10_000;
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** Builds the door over a dispatcher, which decides about connections (and about which addresses may be dialled). */
export function createHttp(dispatcher?: Dispatcher): Http {
  return async ({ partner, method, url, headers = {}, body, timeoutMs = TIMEOUT_MS, signal }) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const reply = await request(url, {
        method,
        headers: {
          'user-agent': 'claimkeeper',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        ...(dispatcher === undefined ? {} : { dispatcher }),
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      return { status: reply.statusCode, headers: flatten(reply.headers), body: await readText(reply.body) };
    } catch (error) {
      const reason = deadline.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(error);
      throw new PartnerError(partner, 'unavailable', `${method} failed: ${reason}`, undefined, { cause: error });
    }
  };
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error(`the answer is over ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'unknown';
}

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
