import { type MappingFault } from '../../claims/mapping/check';
import { type Mapping } from '../../claims/mapping/mapping';
import { atOrg, type KustomerAccess, type OrgParts } from './org';
import { apply, type KustomerApplied } from './provision/apply';
import { readAttributes } from './provision/attributes';
import { conflictsWith } from './provision/conflicts';
import { look } from './provision/look';
import { type KustomerPlan } from './provision/plan';

/** Bringing a brand's Kustomer org on. Every call @throws PartnerError when Kustomer refuses the key or cannot be asked. */
export interface KustomerSetup {
  /** What is missing, of the key and in the org. Changes nothing. */
  plan(access: KustomerAccess, mapping: Mapping, signal?: AbortSignal): Promise<KustomerPlan>;
  /** Makes it. @throws PlanBlocked */
  apply(access: KustomerAccess, mapping: Mapping, signal?: AbortSignal): Promise<KustomerApplied>;
  /** What of a mapping the org's Klass, as it is now, will not take. */
  conflicts(access: KustomerAccess, mapping: Mapping, signal?: AbortSignal): Promise<MappingFault[]>;
}

export function createKustomerSetup(parts: OrgParts): KustomerSetup {
  return {
    plan: (access, mapping, signal) => atOrg(parts, access, { signal }, async (org) => (await look(org, mapping)).plan),
    apply: (access, mapping, signal) => atOrg(parts, access, { signal }, (org) => apply(org, mapping)),
    conflicts: (access, mapping, signal) =>
      atOrg(parts, access, { signal }, async (org) => conflictsWith(await readAttributes(org), mapping)),
  };
}
