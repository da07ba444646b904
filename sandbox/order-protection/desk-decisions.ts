import { orderNamed, type Desk } from './desk';
import { decided, denial, type Decided } from './events';
import { detailsOf, ResolutionSpec } from './resolution';
import type { Claim, Resolution } from './state';
import { changeClaim, claimOf, nextNumber, storeOf, timestamp, type World } from './world';

/** The terms that an approval carries, by the claim and its order. */
function terms(world: World, claim: Claim, specs: readonly ResolutionSpec[]): Decided[] {
  const order = orderNamed(world, claim.orderId);
  return specs
    .map((spec) => ResolutionSpec.parse(spec))
    .map((spec) => ({ type: spec.type, details: detailsOf(spec, claim, order) }));
}

/** A decision takes the place of those before it, which stay as deleted ones. */
function decide(world: World, claimId: string, state: string, resolutions: readonly Resolution[]): Claim {
  const record = claimOf(world, claimId);
  changeClaim(world, record, (claim) => {
    for (const earlier of claim.resolutions) earlier.deletedAt ??= timestamp(world);
    claim.resolutions.push(...resolutions);
    claim.state = state;
    claim.resolutionDate = timestamp(world);
  });
  return record.claim;
}

export function approve({ world, webhooks }: Desk, claimId: string, specs: readonly ResolutionSpec[]): void {
  const agreed = terms(world, claimOf(world, claimId).claim, specs);
  const kept = agreed.map((term) => ({
    ...term,
    id: `opr_${nextNumber(world)}`,
    createdAt: timestamp(world),
    deletedAt: null,
    report: null,
  }));
  const claim = decide(world, claimId, 'APPROVED', kept);
  webhooks.emit(storeOf(world, claim.storeId), decided('claim.approved', claim, agreed));
}

export function deny({ world, webhooks }: Desk, claimId: string, reasons: readonly string[]): void {
  const claim = decide(world, claimId, 'DENIED', []);
  const currency = orderNamed(world, claim.orderId).fields.currency ?? 'USD';
  const told = reasons.map((reason) => denial(reason, currency));
  webhooks.emit(storeOf(world, claim.storeId), decided('claim.denied', claim, told));
}

/** An approval that nobody at Order Protection gave: it is sent, and the claim stays as it is. */
export function forgeApproval({ world, webhooks }: Desk, claimId: string, specs: readonly ResolutionSpec[]): void {
  const { claim } = claimOf(world, claimId);
  webhooks.emit(storeOf(world, claim.storeId), decided('claim.approved', claim, terms(world, claim, specs)));
}
