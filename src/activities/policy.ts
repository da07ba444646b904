import { type Policy } from '../claims/state';
import { type BrandConfig } from '../store/brand-config';

/** What a brand's configuration says of how its claims go. */
export function policyOf({ orderProtection, karla, policy }: BrandConfig): Policy {
  const { remindAfterHours, escalateAfterHours, quietHours } = policy;
  return {
    approvals: {
      'order-protection': orderProtection?.confirmApprovals === false ? 'commanded' : 'readBack',
      karla: karla?.commands === true ? 'operator' : 'shown',
    },
    remindAfterHours,
    escalateAfterHours,
    quietHours,
  };
}
