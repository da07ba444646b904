import { readClaimEvent, type ClaimEvent } from '../../../../src/claims/event';
import { hear } from '../../../../src/claims/hear';
import { klaimBy } from '../../../../src/claims/mapping/klaim-by';
import { projectionOf } from '../../../../src/claims/projection';
import { beginClaim } from '../../../../src/claims/state';
import { SHOPPER } from './around';
import { KlaimLane, POLICY, type Outside } from './klaim-lane';
import { type Told } from './schedule';

/** One claim of a schedule: what its source tells of it, and its lane. */
export class Claim {
  readonly lane: KlaimLane;
  /** Whom operators have named, the last one first. */
  readonly named: string[] = [];
  readonly #events: ClaimEvent[];

  constructor(
    readonly claimId: string,
    told: readonly Told[],
    outside: Outside,
  ) {
    this.lane = new KlaimLane(claimId, outside);
    this.#events = told.map((one, nth) => eventOf(claimId, one, nth));
  }

  hear(nth: number): void {
    const event = this.#events[nth % this.#events.length];
    if (event !== undefined) this.lane.hear(event);
  }

  /** Everything once more, and something new. */
  hearTheRest(): void {
    const news: Told = { kind: 'updated', status: 'open', knowsShopper: true };
    this.#events.push(eventOf(this.claimId, news, this.#events.length));
    for (const event of this.#events) this.lane.hear(event);
  }

  relink(customerId: string): void {
    this.named.unshift(customerId);
    this.lane.relink(customerId);
  }

  /** The Klaim as the events make it in their own order, as Kustomer shows it: without what is null. */
  wanted(): object {
    const now = '2026-03-10T12:00:00.000Z';
    const begun = beginClaim('acme', this.claimId, POLICY, now);
    const state = this.#events.reduce((so, event) => hear(so, event, [], now), begun);
    const { custom, ...klaim } = klaimBy({}, projectionOf(state));
    const said = Object.entries(custom).filter(([, value]) => value !== null);
    return { ...klaim, custom: Object.fromEntries(said) };
  }
}

function eventOf(claimId: string, { kind, status, knowsShopper }: Told, nth: number): ClaimEvent {
  const reading = readClaimEvent({
    eventKey: `event-${nth}`,
    source: 'karla',
    kind,
    occurredAt: new Date(Date.UTC(2026, 2, 2) + nth * 60_000).toISOString(),
    claim: { id: claimId, status, description: `As of event ${nth}`, messages: [{ text: `Message ${nth}` }] },
    ...(knowsShopper ? { customer: { email: SHOPPER, name: 'Mira Castellan' } } : {}),
  });
  if (!reading.ok) throw new Error(reading.reason);
  return reading.event;
}
