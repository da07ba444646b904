import { type Superseded } from '../../claims/klaim';
import { type Lease } from './find-customer';
import { atOrg, type Attempt, type OrgParts, type KustomerAccess } from './org';
import { readKey } from './provision/key';
import { relinkKlaim, type MovedKlaim, type Relinking } from './relink-klaim';
import { syncKlaim, type KlaimSync, type WantedKlaim } from './sync-klaim';

export { type Attempt, type KustomerAccess } from './org';
export { type MovedKlaim, type Relinking } from './relink-klaim';
export { type KlaimSync, type WantedKlaim } from './sync-klaim';
export { type Lease } from './find-customer';

/** Kustomer, as far as claims need it. */
export interface Kustomer {
  /** One Klaim per claim with the wanted state, whatever was there. @throws PartnerError; a failed attempt is safe to repeat. */
  syncKlaim(access: KustomerAccess, wanted: WantedKlaim, attempt?: Attempt): Promise<KlaimSync | Superseded>;
  /** The same under the customer that an operator names, and under nobody else. @throws PartnerError; safe to repeat. */
  relinkKlaim(access: KustomerAccess, wanted: MovedKlaim, attempt?: Attempt): Promise<Relinking>;
  /** One request that any valid key may make. @throws KeyRefused for a dead one, PartnerError when that cannot be said. */
  checkKey(access: KustomerAccess, attempt?: Attempt): Promise<void>;
}

/** `lease` gives one worker at a time the right to create a certain customer. */
export function createKustomer({ lease, ...parts }: OrgParts & { lease: Lease }): Kustomer {
  return {
    syncKlaim: (access, wanted, attempt = {}) => atOrg(parts, access, attempt, (org) => syncKlaim(org, lease, wanted)),
    relinkKlaim: (access, wanted, attempt = {}) =>
      atOrg(parts, access, attempt, (org) => relinkKlaim(org, lease, wanted)),
    checkKey: async (access, attempt = {}) => {
      await atOrg(parts, access, attempt, readKey);
    },
  };
}
