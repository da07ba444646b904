import { type Http } from '../http';
import { type Lease } from './find-customer';
import { openOrg, type KustomerAccess } from './org';
import { syncKlaim, type KlaimSync, type WantedKlaim } from './sync-klaim';

export { type KustomerAccess } from './org';
export { type KlaimSync, type WantedKlaim } from './sync-klaim';
export { type Lease } from './find-customer';

/** Kustomer, as far as claims need it. `signal` ends all calls and waits of one attempt. */
export interface Kustomer {
  /** One Klaim per claim with the wanted state, whatever was there. @throws PartnerError; a failed attempt is safe to repeat. */
  syncKlaim(access: KustomerAccess, wanted: WantedKlaim, signal?: AbortSignal): Promise<KlaimSync>;
}

/** `lease` gives one worker at a time the right to create a certain customer. */
export function createKustomer(http: Http, lease: Lease): Kustomer {
  return {
    syncKlaim: (access, wanted, signal) => syncKlaim(openOrg(http, access, signal), lease, wanted),
  };
}
