/** What is left to make in an org, as far as roles go. */
export interface Work {
  createsKlass: boolean;
  enablesKlass: boolean;
  createsAttributes: boolean;
}

/** A role that a key should have. `older` open the same call; `isNeeded` says whether anything fails without it. */
interface LeastRole {
  role: string;
  older: readonly string[];
  step: string;
  isNeeded: (work: Work) => boolean;
}

const always = (): boolean => true;
const advised = (): boolean => false;

/** The least roles, per endpoint (Kustomer, API reference): what keeping Klaims needs, and what bringing a brand on needs. */
const LEAST_ROLES: readonly LeastRole[] = [
  {
    role: 'org.permission.customer.read',
    older: ['org.user.customer.read'],
    step: 'finding customers, and listing their Klaims',
    isNeeded: always,
  },
  {
    role: 'org.permission.customer.create',
    older: ['org.user.customer.write'],
    step: 'creating a customer who is not there yet',
    isNeeded: always,
  },
  {
    role: 'org.permission.customer_merge.read',
    older: ['org.user.customer.read', 'org.admin.customer.merge.read'],
    step: 'following a customer who was merged into another (without it: by a new look-up)',
    isNeeded: advised,
  },
  {
    role: 'org.permission.kobject.read',
    older: ['org.user.kobject.read'],
    step: 'reading Klaims',
    isNeeded: always,
  },
  {
    role: 'org.permission.kobject.create',
    older: ['org.user.kobject.write'],
    step: 'creating Klaims',
    isNeeded: always,
  },
  {
    role: 'org.permission.kobject.update',
    older: ['org.user.kobject.write'],
    step: 'updating Klaims',
    isNeeded: always,
  },
  {
    role: 'org.permission.kobject.delete',
    older: ['org.user.kobject.write', 'org.user.kobject.delete'],
    step: 'removing duplicate Klaims and the test Klaim (without it: by hand)',
    isNeeded: advised,
  },
  {
    role: 'org.permission.klass.read',
    older: ['org.user.klass.read', 'org.admin.klass.read'],
    step: 'seeing whether the Klass is there',
    isNeeded: always,
  },
  {
    role: 'org.permission.klass.create',
    older: ['org.admin.klass.write'],
    step: 'creating the Klass',
    isNeeded: ({ createsKlass }) => createsKlass,
  },
  {
    role: 'org.permission.klass.update',
    older: ['org.admin.klass.write'],
    step: 'enabling the Klass, which is disabled',
    isNeeded: ({ enablesKlass }) => enablesKlass,
  },
  {
    role: 'org.permission.metadata.read',
    older: ['org.user.metadata.read', 'org.admin.metadata.read'],
    step: 'reading which attributes there are',
    isNeeded: always,
  },
  {
    role: 'org.permission.metadata.update',
    older: ['org.admin.metadata.write'],
    step: 'creating attributes',
    isNeeded: ({ createsAttributes }) => createsAttributes,
  },
];

/** The roles to make a key with. */
export const EXACT_ROLES: readonly string[] = LEAST_ROLES.map(({ role }) => role);

/** A role covers itself and everything beneath it. For parents that is not documented; vendors' guides ask for parents alone. */
const covers = (held: string, needed: string): boolean => held === needed || needed.startsWith(`${held}.`);

/** A role for one Klass alone, in place of that for all of them: `org.permission.kobject.kobject_klaim.read`. */
const narrowed = (role: string, klass: string): string =>
  role.replace('org.permission.kobject.', `org.permission.kobject.kobject_${klass}.`);

function opens(held: string, { role, older }: LeastRole, klass: string): boolean {
  return [role, narrowed(role, klass), ...older].some((needed) => covers(held, needed));
}

/** Whether the key may do what this one of the least roles is for. */
export function mayDo(role: (typeof EXACT_ROLES)[number], held: readonly string[], klass: string): boolean {
  const least = LEAST_ROLES.find((one) => one.role === role);
  return least !== undefined && held.some((one) => opens(one, least, klass));
}

/** A role that the key lacks, and the step that is not possible without it. `isRequired`: nothing can go on until it is there. */
export interface MissingRole {
  role: string;
  blocks: string;
  isRequired: boolean;
}

/** What the key lacks for this work. What is not known yet (null) may need everything. */
export function missingRoles(held: readonly string[], klass: string, work: Work | null): MissingRole[] {
  const assumed = work ?? { createsKlass: true, enablesKlass: true, createsAttributes: true };
  return LEAST_ROLES.filter((least) => !held.some((one) => opens(one, least, klass))).flatMap(
    ({ role, step, isNeeded }) => {
      const isRequired = isNeeded(assumed);
      return isRequired || isNeeded === advised ? [{ role, blocks: step, isRequired }] : [];
    },
  );
}

/** A role that the key had better not have. */
export interface NeedlessRole {
  role: string;
  why: string;
}

export function needlessRoles(held: readonly string[], klass: string): NeedlessRole[] {
  const exact = new Set(EXACT_ROLES.flatMap((role) => [role, narrowed(role, klass)]));
  return held
    .filter((role) => !exact.has(role))
    .map((role) => {
      const isUsed = LEAST_ROLES.some((least) => opens(role, least, klass));
      return { role, why: isUsed ? 'opens more than is needed' : 'nothing here needs it' };
    });
}
