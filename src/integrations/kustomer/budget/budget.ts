import { type HttpReply } from '../../http';
import { untilReset } from '../failure';
import { paceOf } from './pace';
import { createPurse, type Block, type PartnerLimit, type Purse, type SharedBudgets } from './purse';

/** Whether somebody waits for it, or it can wait until the budget is not needed otherwise. */
export type Urgency = 'live' | 'background';

/** One attempt's leave to send requests to an org. */
export interface Allowance {
  /** Before each request. @throws PartnerError `rateLimited` when the attempt should be made later. */
  spend(signal?: AbortSignal): Promise<void>;
  /** After each answer: what its headers say of the org's budget holds for everybody. */
  heed(reply: HttpReply): Promise<void>;
  /** Gives back what was not used. */
  end(): void;
}

/** The requests that may be sent to each org, shared with all other workers. */
export interface Budget {
  /** `perMinute` is the brand's share of what its org may send (Kustomer, "Rate limits": the budget is per org, for all keys together). */
  open(org: string, perMinute: number, urgency: Urgency): Allowance;
}

export function createBudget(shared: SharedBudgets): Budget {
  const purses = new Map<string, Purse>();
  const purseOf = (org: string): Purse => {
    const purse = purses.get(org) ?? createPurse(`kustomer:${org}`, shared);
    purses.set(org, purse);
    return purse;
  };
  return {
    open(org, perMinute, urgency) {
      const purse = purseOf(org);
      const pace = paceOf(perMinute);
      let block: Block | null = null;
      return {
        async spend(signal) {
          if (block === null || block.left === 0 || block.until <= performance.now())
            block = await purse.take(block === null ? urgency : 'going on', pace, signal);
          block.left -= 1;
        },
        async heed(reply) {
          const said = limitIn(reply);
          if (reply.status === 429 && !(said.remaining > 0)) await purse.pause(untilReset(reply));
          else if (!Number.isNaN(said.remaining - said.limit)) purse.told(said);
        },
        end() {
          if (block !== null) purse.keep(block);
          block = null;
        },
      };
    },
  };
}

/**
 * What is left of the org's minute. A 429 that still has something left is about one object and says nothing of the org
 * (Kustomer, "Rate limits": object limits). NaN where a header is absent.
 */
function limitIn({ headers }: HttpReply): PartnerLimit {
  const number = (name: string): number => Number(headers[name] || Number.NaN);
  return { limit: number('x-ratelimit-limit'), remaining: number('x-ratelimit-remaining') };
}
