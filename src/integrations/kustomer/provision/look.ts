import { type Mapping } from '../../../claims/mapping/mapping';
import { type Org } from '../org';
import { readAttributes } from './attributes';
import { readKey } from './key';
import { findKlass } from './klass';
import { planFor, type Found, type KustomerPlan } from './plan';
import { mayDo } from './roles';

/** What there is, and what is left to do. */
export interface Look {
  found: Found;
  plan: KustomerPlan;
}

/** Looks at the key, then, as far as its roles go, at the Klass and its attributes. @throws PartnerError */
export async function look(org: Org, mapping: Mapping): Promise<Look> {
  const { klass } = org.access;
  const key = await readKey(org);
  const maySee = ['org.permission.klass.read', 'org.permission.metadata.read'].every((role) =>
    mayDo(role, key.roles, klass),
  );
  const seen = maySee ? { klass: await findKlass(org), properties: await readAttributes(org) } : null;
  const found = { key, seen };
  return { found, plan: planFor(klass, mapping, found) };
}
