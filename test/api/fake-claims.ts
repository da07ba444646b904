import { type NeutralClaim } from '../../src/claims/neutral-claim';
import { type ClaimListItem, type LinkedClaim } from '../../src/claims/view';
import { type ActionOutcome, type ClaimAction, type ClaimFilter, type Claims } from '../../src/temporal/claims-port';
import { TemporalUnavailable } from '../../src/temporal/temporal-unavailable';

/** Stands in for Temporal behind the API: claims that a test puts there, and a switch that takes it all away. */
export class FakeClaims implements Claims {
  isDown = false;
  readonly claims = new Map<string, LinkedClaim>();
  readonly actions: { brand: string; claimId: string; action: ClaimAction }[] = [];
  readonly filters: ClaimFilter[] = [];
  /** What the next actions come to; a claim that is not here is unknown all the same. */
  outcome: ActionOutcome | null = null;

  put(claim: LinkedClaim): void {
    this.claims.set(`${claim.brand} ${claim.claimId}`, claim);
  }

  async read(brand: string, claimId: string): Promise<LinkedClaim | null> {
    await this.ping();
    return this.claims.get(`${brand} ${claimId}`) ?? null;
  }

  async list(brand: string, filter: ClaimFilter): Promise<{ items: ClaimListItem[]; nextCursor: string | null }> {
    await this.ping();
    this.filters.push(filter);
    const claims = [...this.claims.values()].filter((claim) => claim.brand === brand);
    return {
      items: claims.map(({ claimId, phase, attention, source, orderId, deadline }) => ({
        claimId,
        phase,
        attention,
        source,
        orderId,
        deadline,
      })),
      nextCursor: null,
    };
  }

  async act(brand: string, claimId: string, action: ClaimAction): Promise<ActionOutcome> {
    const claim = await this.read(brand, claimId);
    if (claim === null) return { outcome: 'unknownClaim' };
    this.actions.push({ brand, claimId, action });
    return this.outcome ?? { outcome: 'done', claim };
  }

  /** What mappings see of the claims here. */
  neutralClaim: NeutralClaim | null = null;

  async neutral(brand: string, claimId: string): Promise<NeutralClaim | null> {
    return (await this.read(brand, claimId)) === null ? null : this.neutralClaim;
  }

  async hasOpen(brand: string): Promise<boolean> {
    await this.ping();
    return [...this.claims.values()].some((claim) => claim.brand === brand && claim.phase !== 'closed');
  }

  ping(): Promise<void> {
    return this.isDown ? Promise.reject(new TemporalUnavailable('Temporal did not answer')) : Promise.resolve();
  }
}

/** A claim as Temporal would give it. */
export function aClaimView(brand: string, claimId: string): LinkedClaim {
  return {
    brand,
    claimId,
    source: 'order-protection',
    phase: 'open',
    attention: 'none',
    orderId: 'BR-20417',
    klaim: null,
    resolutions: [],
    hold: null,
    deadline: null,
    waiting: [],
    timeline: [{ at: '2026-03-02T09:14:07.000Z', what: 'filed', by: 'order-protection' }],
    temporalUrl: null,
  };
}
