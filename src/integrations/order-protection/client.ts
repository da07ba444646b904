import { type ClaimReading } from '../../claims/source-claim';
import { type Http } from '../http';
import { readingOf } from './claim-reading';
import { findClaim, type ClaimRef } from './find-claim';
import { report } from './report';
import { type Answered, type ReportOutcome, type ReportRoute } from './report/route';
import { createRest, segment, type Rest, type RestAccess } from './rest';
import { fields, type Fields } from '../wire';

/** How to reach and report to one brand's store. */
export interface OrderProtectionAccess extends RestAccess {
  report: ReportRoute;
}

/** Order Protection's REST API in our words. `signal` ends all calls of one attempt; nothing is retried here. Throws `PartnerError`. */
export interface OrderProtection {
  /** What it says of a claim now, with its order; `found: false` when it is not there, not there yet, or deleted. */
  readClaim(access: OrderProtectionAccess, claim: ClaimRef, signal?: AbortSignal): Promise<ClaimReading>;
  /** Tells it what the brand did. */
  report(access: OrderProtectionAccess, answered: Answered, signal?: AbortSignal): Promise<ReportOutcome>;
  /** One read that every valid token may make. @throws KeyRefused for a dead one, PartnerError when that cannot be said. */
  checkKey(access: RestAccess, signal?: AbortSignal): Promise<void>;
}

export function createOrderProtection(http: Http, now: () => Date = () => new Date()): OrderProtection {
  return {
    async readClaim(access, ref, signal) {
      const rest = createRest(http, access, signal);
      const claim = await findClaim(rest, ref);
      if (claim === null) return { found: false };
      const order = await readOrder(rest, ref.sourceOrderId ?? claim.sourceOrderId);
      return readingOf(ref.claimId, claim, order, now().toISOString());
    },
    report: (access, answered, signal) => report(createRest(http, access, signal), access.report, answered),
    checkKey: async (access, signal) => {
      await createRest(http, access, signal).get('/v1/claims?size=1');
    },
  };
}

/** Order Protection, Get order by source id. The claim stands without its order too: it only says less then. */
async function readOrder(rest: Rest, sourceOrderId: unknown): Promise<Fields> {
  return typeof sourceOrderId === 'string' ? fields(await rest.get(`/v1/orders/${segment(sourceOrderId)}`)) : {};
}
