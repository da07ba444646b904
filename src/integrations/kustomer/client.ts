import { type Lease } from './find-customer';
import { atOrg, type Attempt, type OrgParts, type KustomerAccess } from './org';
import { syncKlaim, type KlaimSync, type WantedKlaim } from './sync-klaim';

export { type Attempt, type KustomerAccess } from './org';
export { type KlaimSync, type WantedKlaim } from './sync-klaim';
export { type Lease } from './find-customer';

/** Kustomer, as far as claims need it. */
export interface Kustomer {
  /** One Klaim per claim with the wanted state, whatever was there. @throws PartnerError; a failed attempt is safe to repeat. */
  syncKlaim(access: KustomerAccess, wanted: WantedKlaim, attempt?: Attempt): Promise<KlaimSync>;
}

/** `lease` gives one worker at a time the right to create a certain customer. */
export function createKustomer({ lease, ...parts }: OrgParts & { lease: Lease }): Kustomer {
  return {
    syncKlaim: (access, wanted, attempt = {}) => atOrg(parts, access, attempt, (org) => syncKlaim(org, lease, wanted)),
  };
}
