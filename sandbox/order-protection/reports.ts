import Big from 'big.js';
import { z } from 'zod';

import type { Reply } from '../http/route';
import type { Call, StoreRoute } from './call';
import { OrderProtectionError } from './errors';
import type { ClaimRecord, ReportedValues, Resolution } from './state';
import { changeClaim, claimOf, timestamp, type World } from './world';

const Amount = z
  .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/, 'is no amount')])
  .transform((amount) => new Big(amount).toFixed());

const ReportBody = z.union([
  z.strictObject({ type: z.literal('RESHIP'), reshipmentSourceOrderId: z.string().min(1) }),
  z.strictObject({
    type: z.literal('REFUND'),
    refundId: z.string().min(1).optional(),
    amount: Amount.optional(),
    currency: z.string().length(3).optional(),
  }),
]);

/** What a resolution's report must be of: everything but goods is money. */
const reportedAs = ({ type }: Resolution): string => (type === 'RESHIP' ? 'RESHIP' : 'REFUND');

const same = (a: ReportedValues, b: ReportedValues): boolean =>
  a.type === b.type &&
  a.reshipmentSourceOrderId === b.reshipmentSourceOrderId &&
  a.refundId === b.refundId &&
  a.amount === b.amount &&
  a.currency === b.currency;

const conflict = (why: string): OrderProtectionError => new OrderProtectionError(409, why);

/** Does the report agree with what was approved? */
function agrees(world: World, { details }: Resolution, { amount, currency }: ReportedValues): boolean {
  if (currency !== undefined && currency !== details.currency) return false;
  if (amount === undefined) return true;
  const approved = new Big(details.total_refund_amount);
  return world.settings.reportAmount === 'exact' ? approved.eq(amount) : approved.gte(amount);
}

/**
 * Takes a report of one resolution: 201 for a new one, 200 for an exact repeat, else throws 409. A key that was used for this claim before
 * stands for the same report. Once every resolution is reported the claim is RESOLVED_BY_BRAND; until then it stays as it is.
 */
export function takeReport(world: World, record: ClaimRecord, key: string | null, body: ReportedValues): 200 | 201 {
  const live = record.claim.resolutions.filter(({ deletedAt }) => deletedAt === null);
  const keyed = key === null ? undefined : live.find(({ report }) => report?.key === key);
  if (keyed?.report != null) {
    if (same(keyed.report.body, body)) return 200;
    throw conflict('This Idempotency-Key was used with other values');
  }
  const ofType = live.filter((each) => reportedAs(each) === body.type);
  if (ofType.some(({ report }) => report !== null && same(report.body, body))) return 200;
  const open = ofType.filter(({ report }) => report === null);
  if (record.claim.state !== 'APPROVED') throw conflict(`The claim is ${record.claim.state}`);
  const fitting = open.find((each) => agrees(world, each, body));
  if (fitting === undefined) throw conflict(`No approved ${body.type} is waiting for these values`);
  changeClaim(world, record, (claim) => {
    fitting.report = { key, body };
    if (live.every(({ report }) => report !== null)) claim.state = 'RESOLVED_BY_BRAND';
  });
  return 201;
}

function report({ world, store, param, body, idempotencyKey }: Call): Reply {
  if (world.settings.reportRoute === 'absent') throw new OrderProtectionError(404, 'Cannot POST this path');
  const record = claimOf(world, param('claimId'), store);
  const values = body(ReportBody);
  const noted = { at: timestamp(world), via: 'http' as const, claimId: record.claim.id, idempotencyKey, body: values };
  try {
    const status = takeReport(world, record, idempotencyKey, values);
    world.state.reports.push({ ...noted, status });
    return { status, body: { status: 'ok' } };
  } catch (error) {
    if (error instanceof OrderProtectionError) world.state.reports.push({ ...noted, status: error.status });
    throw error;
  }
}

/** Our invention: Order Protection asks for the report and documents no route for it. */
export const reportRoutes: readonly StoreRoute[] = [
  { method: 'post', path: '/v1/claims/:claimId/resolutions', handle: report },
];
