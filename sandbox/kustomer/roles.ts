/** The roles of which any one opens a call: the current one first, then the older (Kustomer, API reference, per endpoint). */
export const ROLES = {
  none: [],
  customerRead: ['org.permission.customer.read', 'org.user.customer.read'],
  customerCreate: ['org.permission.customer.create', 'org.user.customer.write'],
  customerUpdate: ['org.permission.customer.update', 'org.user.customer.write'],
  customerDelete: ['org.permission.customer.delete', 'org.user.customer.delete'],
  mergeCreate: ['org.permission.customer_merge.create', 'org.user.customer.write', 'org.admin.customer.merge.write'],
  mergeRead: ['org.permission.customer_merge.read', 'org.user.customer.read', 'org.admin.customer.merge.read'],
  klassRead: ['org.permission.klass.read', 'org.user.klass.read', 'org.admin.klass.read'],
  klassCreate: ['org.permission.klass.create', 'org.admin.klass.write'],
  klassUpdate: ['org.permission.klass.update', 'org.admin.klass.write'],
  klassDelete: ['org.permission.klass.delete', 'org.admin.klass.write'],
  metadataRead: ['org.permission.metadata.read', 'org.user.metadata.read', 'org.admin.metadata.read'],
  metadataUpdate: ['org.permission.metadata.update', 'org.admin.metadata.write'],
  kobjectList: ['org.permission.klass.read', 'org.user.klass.read'],
  kobjectRead: ['org.permission.kobject.read', 'org.permission.kobject.kobject_*.read', 'org.user.kobject.read'],
  kobjectCreate: ['org.permission.kobject.create', 'org.permission.kobject.kobject_*.create', 'org.user.kobject.write'],
  kobjectUpdate: ['org.permission.kobject.update', 'org.permission.kobject.kobject_*.update', 'org.user.kobject.write'],
  kobjectDelete: [
    'org.permission.kobject.delete',
    'org.permission.kobject.kobject_*.delete',
    'org.user.kobject.write',
    'org.user.kobject.delete',
  ],
} as const satisfies Record<string, readonly string[]>;

/** Enough to bring a Klass on and to keep Klaims over REST: what the demo's key holds. */
export const SYNC_ROLES: readonly string[] = [
  'org.permission.customer.read',
  'org.permission.customer.create',
  'org.permission.customer_merge.read',
  'org.permission.klass.read',
  'org.permission.klass.create',
  'org.permission.klass.update',
  'org.permission.metadata.read',
  'org.permission.metadata.update',
  'org.permission.kobject.read',
  'org.permission.kobject.create',
  'org.permission.kobject.update',
  'org.permission.kobject.delete',
];

/** A role covers itself and everything beneath it: `org.permission.klass` covers `org.permission.klass.read` (our reading). */
const covers = (held: string, needed: string): boolean => held === needed || needed.startsWith(`${held}.`);

/** Does a key with these roles open a call that asks for any one of `anyOf`? `*` stands for the Klass. */
export const opens = (held: readonly string[], anyOf: readonly string[], klass = ''): boolean =>
  anyOf.length === 0 || anyOf.some((needed) => held.some((role) => covers(role, needed.replace('*', klass))));
