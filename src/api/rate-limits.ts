import { type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit, type RateLimitRequestHandler } from 'express-rate-limit';
import { type Caller } from './access';
import { Problem } from './problem';
import { type Slug } from './problems';
import { remoteAddressOf } from './remote-address';

/** What callers may use up in a minute. */
export interface Limits {
  /** Wrong tokens from one address, and wrong secrets or signatures from one address at one door for webhooks. */
  wrongProofs: number;
  /** Calls with one token of a brand. */
  callsOfToken: number;
}

/**
 * Thirty mistakes a minute are more than a person or a retrying program makes, and too few to guess anything. Twenty calls a second
 * are a fifth of what a small Temporal server does, so that no one token uses it up.
 */
export const LIMITS: Limits = { wrongProofs: 30, callsOfToken: 1_200 };

const MINUTE_MS = 60_000;
/** Networks give a machine a whole /64 (RFC 6177), in which it may be anybody. */
const IPV6_BITS = 64;
/** Doors with their callers, of which it is remembered that they were let in. */
const REMEMBERED = 10_000;

/** Counts in the memory of this process: several processes behind one address allow that many times as much. */
export interface RateLimits {
  /**
   * Runs `prove`, which throws 401 for who does not prove themselves. Who does so too often is 429, unread, for the rest of the
   * minute. What is let in is never counted, and an address that was let in before is not kept out for the mistakes of
   * others who share it: else anybody behind the same proxy, or with an account at the same sender, could lock a brand out.
   */
  entering<T>(req: Request, res: Response, door: string, prove: () => Promise<T>): Promise<T>;
  /** Counts a call, and throws 429 when there were too many. The environment's own token has no limit. */
  calling(req: Request, res: Response, caller: Caller): Promise<void>;
}

export function createRateLimits({ wrongProofs, callsOfToken }: Limits): RateLimits {
  const mistakes = limiter('wrong-proofs', wrongProofs, 'too-many-attempts');
  const calls = limiter('calls', callsOfToken, 'too-many-calls');
  const known = new Set<string>();

  async function isShut(key: string): Promise<boolean> {
    if (known.has(key)) return false;
    const seen = await mistakes.getKey(key);
    return seen !== undefined && seen.totalHits >= wrongProofs;
  }

  return {
    async entering(req, res, door, prove) {
      const key = `${door} ${addressKeyOf(req)}`;
      if (await isShut(key)) await count(mistakes, req, res, key);
      try {
        const proven = await prove();
        if (known.size >= REMEMBERED) known.clear();
        known.add(key);
        return proven;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) await count(mistakes, req, res, key);
        throw error;
      }
    },
    async calling(req, res, caller) {
      if (caller.scopes !== null) await count(calls, req, res, caller.actor);
    },
  };
}

/** The header fields `RateLimit`, `RateLimit-Policy` and `Retry-After` are the library's. */
function limiter(identifier: string, limit: number, slug: Slug): RateLimitRequestHandler {
  return rateLimit({
    windowMs: MINUTE_MS,
    limit,
    identifier,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (_req, res) => res.locals['rateLimitKey'] as string,
    handler: (_req, _res, next) => next(new Problem(slug)),
  });
}

/** Rejects with the limiter's problem when this one is too many. */
async function count(limit: RateLimitRequestHandler, req: Request, res: Response, key: string): Promise<void> {
  res.locals['rateLimitKey'] = key;
  const error = await new Promise<unknown>((resolve) => void limit(req, res, resolve));
  if (error instanceof Error) throw error;
}

function addressKeyOf(req: Request): string {
  return ipKeyGenerator(remoteAddressOf(req) ?? req.socket.remoteAddress ?? '', IPV6_BITS);
}
