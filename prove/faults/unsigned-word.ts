import * as policy from '../../src/activities/policy';
import { replace } from '../inside/replace';

/** An approval is commanded as it comes, without reading it back from Order Protection. */
export function unsignedWord(): void {
  replace(policy, 'policyOf', (policyOf) => (brand) => ({
    ...policyOf(brand),
    approvals: { 'order-protection': 'commanded' },
  }));
}
