import { failureOf } from '../../http';
import { findClaim } from '../find-claim';
import { PARTNER, type Rest } from '../rest';
import { fillBody, fillPath, missingIn, valuesOf } from './placeholders';
import { type Answered, type ReportOutcome, type ReportTemplate } from './route';

/**
 * The route that Order Protection gave the brand. The key is the resolution's id, so a repeat after a lost answer is the same
 * report. A conflict (409) means that something was reported already: the claim tells whether it was this.
 */
export async function reportByHttp(rest: Rest, template: ReportTemplate, answered: Answered): Promise<ReportOutcome> {
  const values = valuesOf(answered);
  const missing = missingIn(template.path, values);
  if (missing.length > 0)
    return {
      done: false,
      reason: `the path of the report route needs ${missing.join(', ')}, which this answer does not have`,
    };
  const path = fillPath(template.path, values);
  const headers = { 'idempotency-key': answered.resolutionId };
  const reply = await rest.send(template.method, path, fillBody(template.body, values), headers);
  if (reply.status === 409) return settledAlready(rest, answered);
  if (reply.status < 200 || reply.status > 299) throw failureOf(PARTNER, `${template.method} ${path}`, reply);
  return { done: true };
}

async function settledAlready(rest: Rest, answered: Answered): Promise<ReportOutcome> {
  const claim = await findClaim(rest, answered);
  const state = typeof claim?.claimState === 'string' ? claim.claimState.toUpperCase() : 'not readable';
  if (state === 'RESOLVED_BY_BRAND') return { done: true };
  return {
    done: false,
    reason: `Order Protection refused the report (409) and its claim is ${state}, not RESOLVED_BY_BRAND`,
  };
}
