import { PARTNER, segment, type Rest } from './rest';
import { PartnerError } from '../partner-error';
import { fields, isObject, living, type Fields } from '../wire';

/** Where to look for a claim. Order Protection has no read of a claim by its id. */
export interface ClaimRef {
  claimId: string;
  sourceOrderId: string | null;
}

const PAGE_SIZE = 100;
/** A claim without a known order is new, and the newest come first: so a claim further down is not looked for. */
const PAGES_LIMIT = 20;

/**
 * The claim as Order Protection shows it, from the claims of its order. Without an order id the list of all claims tells the
 * order (its entries say less: no sender, no money). `null`: not there, not there yet, or deleted.
 */
export async function findClaim(rest: Rest, { claimId, sourceOrderId }: ClaimRef): Promise<Fields | null> {
  if (sourceOrderId !== null) return claimOfOrder(rest, claimId, sourceOrderId);
  const listed = await scan(rest, claimId);
  if (listed === null || typeof listed.sourceOrderId !== 'string') return listed;
  return (await claimOfOrder(rest, claimId, listed.sourceOrderId)) ?? listed;
}

/** Order Protection, Get claims by order. */
async function claimOfOrder(rest: Rest, claimId: string, sourceOrderId: string): Promise<Fields | null> {
  const claims = await rest.get(`/v1/orders/${segment(sourceOrderId)}/claims`);
  if (claims === null) return null;
  if (!Array.isArray(claims)) throw unexpected('the claims of an order are no list');
  return living(claims).find(({ id }) => id === claimId) ?? null;
}

async function scan(rest: Rest, claimId: string): Promise<Fields | null> {
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_LIMIT; page++) {
    const { claims, next }: ClaimsPage = await claimsPage(rest, cursor);
    const found = claims.find(({ id }) => id === claimId);
    if (found !== undefined) return found;
    if (next === null || next === cursor) return null;
    cursor = next;
  }
  return null;
}

/** One page of all claims, newest first. */
export interface ClaimsPage {
  claims: Fields[];
  next: string | null;
}

/** Order Protection, Get claims: `edges[].node` and `pageInfo`. Its cursor is an offset, so pages may overlap. */
export async function claimsPage(rest: Rest, cursor: string | null): Promise<ClaimsPage> {
  const query = new URLSearchParams({ size: String(PAGE_SIZE), ...(cursor === null ? {} : { cursor }) });
  const page = await rest.get(`/v1/claims?${query.toString()}`);
  const { edges, pageInfo } = fields(page);
  if (!isObject(page) || !(edges === undefined || Array.isArray(edges)))
    throw unexpected('the list of claims has another form');
  const { hasNextPage, endCursor } = fields(pageInfo);
  return {
    claims: living((edges ?? []).map((edge: unknown) => fields(edge).node)),
    next: hasNextPage === true && typeof endCursor === 'string' ? endCursor : null,
  };
}

function unexpected(what: string): PartnerError {
  return new PartnerError(PARTNER, 'unavailable', `${what}: is the base URL right?`);
}
