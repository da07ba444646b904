import { type Simulators } from '../../sandbox/simulators';
import { type Outage, type Records } from '../checker/records';

/** What the partners have on record now. */
export function recordsOf({ kustomer, orderProtection, brandBackend }: Simulators, outages: Outage[]): Records {
  return {
    claims: orderProtection.claims(),
    webhooks: orderProtection.deliveries(),
    reports: orderProtection.reports(),
    klaims: kustomer.klaims(),
    writes: kustomer.writes(),
    commands: brandBackend.deliveries(),
    acts: brandBackend.acted(),
    callbacks: brandBackend.callbacks(),
    outages,
  };
}
