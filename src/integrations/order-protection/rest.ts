import { failureOf, type Http, type HttpReply, type HttpRequest } from '../http';
import { KeyRefused, PartnerError } from '../partner-error';

/** Order Protection, API reference: the host of production; paths begin with `/v1`. */
const BASE_URL = 'https://api.production.orderprotection.com';

export const PARTNER = 'order-protection';

/** How to reach one brand's store. `apiToken` is a store API token (dashboard, Settings, API Tokens). */
export interface RestAccess {
  apiToken: string;
  baseUrl?: string | undefined;
}

/** One store's REST API for the calls of one attempt, which `signal` ends. */
export interface Rest {
  /** The JSON of a 200; null for 404. Throws `KeyRefused` for 401 and 403, `PartnerError` for everything else. */
  get(path: string): Promise<unknown>;
  /** The answer of any status but 401, which throws `KeyRefused`. A token that may read need not be allowed to write (403). */
  send(
    method: HttpRequest['method'],
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<HttpReply>;
}

export function createRest(http: Http, { apiToken, baseUrl = BASE_URL }: RestAccess, signal?: AbortSignal): Rest {
  const call = (request: Pick<HttpRequest, 'method' | 'body' | 'headers'>, path: string): Promise<HttpReply> =>
    http({
      partner: PARTNER,
      ...request,
      url: `${baseUrl.replace(/\/+$/, '')}${path}`,
      headers: { accept: 'application/json', authorization: `Bearer ${apiToken}`, ...request.headers },
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    async get(path) {
      const reply = await call({ method: 'GET' }, path);
      if (reply.status === 404) return null;
      if (reply.status === 401 || reply.status === 403) throw tokenRefused(`GET ${path}`, reply);
      if (reply.status !== 200) throw failureOf(PARTNER, `GET ${path}`, reply);
      return parse(reply.body, path);
    },
    async send(method, path, body, headers = {}) {
      const reply = await call({ method, body: JSON.stringify(body), headers }, path);
      if (reply.status === 401) throw tokenRefused(`${method} ${path}`, reply);
      return reply;
    },
  };
}

function tokenRefused(what: string, { status }: HttpReply): KeyRefused {
  return new KeyRefused(
    PARTNER,
    `${what} was answered ${status}: the API token is revoked, or is not one of this store`,
  );
}

function parse(body: string, path: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new PartnerError(
      PARTNER,
      'unavailable',
      `GET ${path} was answered with something that is not JSON`,
      undefined,
      { cause },
    );
  }
}

/** An id as one part of a path: encoded, because order ids may hold `#`, spaces and slashes. */
export function segment(id: string): string {
  if (/^\.{0,2}$/.test(id) || /\p{Cs}/u.test(id))
    throw new PartnerError(PARTNER, 'rejected', 'an id cannot stand in a path; it has to be looked up by hand');
  return encodeURIComponent(id);
}
