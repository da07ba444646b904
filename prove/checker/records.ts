import type { Act, Callback, Delivery as Command } from '../../sandbox/brand-backend/state';
import type { SeenKlaim } from '../../sandbox/kustomer/look';
import type { Write } from '../../sandbox/kustomer/state';
import type { Claim, Delivery as Webhook, Report } from '../../sandbox/order-protection/state';

/** A time in which one partner was down, and the claims that meanwhile needed only the others. RFC 3339. */
export interface Outage {
  partner: 'kustomer' | 'brandBackend';
  from: string;
  until: string;
  probes: string[];
}

/** What the partners have on record when a run is over: all that the checker goes by, beside the plan. */
export interface Records {
  /** Order Protection's own claims, what it sent of them and what was reported to it. */
  claims: Claim[];
  webhooks: Webhook[];
  reports: Report[];
  /** Kustomer's live Klaims and every write to one. */
  klaims: SeenKlaim[];
  writes: Write[];
  /** Everything that came to the brand, what it did, and what it answered. */
  commands: Command[];
  acts: Act[];
  callbacks: Callback[];
  outages: Outage[];
}
