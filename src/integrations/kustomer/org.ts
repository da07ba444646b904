import { type Http, type HttpReply, type HttpRequest } from '../http';
import { KeyRefused, PartnerError } from '../partner-error';
import { type Allowance, type Budget, type Urgency } from './budget/budget';
import { systemClock, type Clock } from './clock';
import { kustomerFailure, PARTNER } from './failure';

/**
 * How a brand's Kustomer is reached. `org` is the name in `{org}.kustomerapp.com`; its own host leads to the right region by
 * itself (Kustomer, "Regions and base URLs"). `baseUrl`, without `/v1`, takes the host's place. `klass` is the Klass of Klaims,
 * `requestsPerMinute` the brand's share of the org's budget.
 */
export interface KustomerAccess {
  org: string;
  apiKey: string;
  baseUrl?: string | undefined;
  klass: string;
  requestsPerMinute: number;
}

/** One call. `what` is for messages, so it holds no customer data; statuses in `accept` are answers here, not failures. */
export interface Call {
  method: HttpRequest['method'];
  path: string;
  what: string;
  body?: object;
  accept?: readonly number[];
}

/** One brand's Kustomer for the calls of one attempt. */
export interface Org {
  readonly access: KustomerAccess;
  /** Ends the attempt: its calls and its waits. */
  readonly signal: AbortSignal | undefined;
  /** A 2xx reply or one of an accepted status. @throws PartnerError for everything else. */
  call(call: Call): Promise<HttpReply>;
  /** Waits. @throws PartnerError when the attempt ends meanwhile. */
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds by the clock that pauses are measured by. */
  now(): number;
}

/** What an attempt at a brand's Kustomer needs besides the brand: the door to the outside, the budgets of all orgs, and time (the system's unless told). */
export interface OrgParts {
  http: Http;
  budget: Budget;
  clock?: Clock;
}

/** How an attempt is made. `signal` ends all its calls and waits. */
export interface Attempt {
  signal?: AbortSignal | undefined;
  urgency?: Urgency | undefined;
}

/** Does the work of one attempt at a brand's Kustomer, within the org's budget. */
export async function atOrg<T>(
  { http, budget, clock = systemClock }: OrgParts,
  access: KustomerAccess,
  { signal, urgency = 'live' }: Attempt,
  work: (org: Org) => Promise<T>,
): Promise<T> {
  const allowance = budget.open(access.org, access.requestsPerMinute, urgency);
  const org = openOrg({ http, clock }, access, allowance, signal);
  try {
    return await work(org);
  } catch (error) {
    if (error instanceof PartnerError && error.kind === 'credentials') await refuseDeadKey(org, error);
    throw error;
  } finally {
    allowance.end();
  }
}

/**
 * A call that was refused may lack a role, or the key may be dead: Kustomer's self check answers any valid key (Kustomer,
 * "Quickstart"). @throws KeyRefused for a dead one.
 */
async function refuseDeadKey(org: Org, cause: PartnerError): Promise<void> {
  const what = 'checking the API key';
  const path = '/auth/tokens/current';
  const failure = await org.call({ method: 'GET', path, what }).then(nothing, failureIn);
  if (failure?.kind === 'credentials')
    throw new KeyRefused(PARTNER, cause.message.replace(`${PARTNER}: `, ''), { cause });
}

const nothing = (): null => null;

/** A check that got no answer says nothing of the key: the first failure stands. */
const failureIn = (error: unknown): PartnerError => {
  if (error instanceof PartnerError) return error;
  throw error;
};

function openOrg(
  { http, clock }: { http: Http; clock: Clock },
  access: KustomerAccess,
  allowance: Allowance,
  signal: AbortSignal | undefined,
): Org {
  const { org, apiKey, baseUrl = `https://${org}.api.kustomerapp.com` } = access;
  const root = `${baseUrl.replace(/\/+$/, '')}/v1`;
  return {
    access,
    signal,
    async call({ method, path, what, body, accept = [] }) {
      await allowance.spend(signal);
      const reply = await http({
        partner: PARTNER,
        method,
        url: `${root}${path}`,
        headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      });
      await allowance.heed(reply);
      const isAnswer = (reply.status >= 200 && reply.status < 300) || accept.includes(reply.status);
      if (!isAnswer) throw kustomerFailure(what, reply, body);
      return reply;
    },
    now: () => clock.now(),
    async pause(milliseconds) {
      try {
        await clock.sleep(milliseconds, signal);
      } catch (cause) {
        throw new PartnerError(PARTNER, 'unavailable', 'the attempt ended while waiting', undefined, { cause });
      }
    },
  };
}

/** A value as part of a path: look-up values hold `@`, `+`, `/` and `#`. */
export const segment = (value: string): string => encodeURIComponent(value);
