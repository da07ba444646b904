import { z } from 'zod';
import { ATTRIBUTE_TYPES, suffixOf } from '../../../claims/mapping/attribute';
import { attributesBy, type Mapping } from '../../../claims/mapping/mapping';
import { lacking, type Properties } from './attributes';
import { conflictsWith } from './conflicts';
import { type Key } from './key';
import { type Klass } from './klass';
import { EXACT_ROLES, missingRoles, needlessRoles, type Work } from './roles';

const change = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('createKlass'), klass: z.string(), label: z.string() }),
  z.strictObject({ change: z.literal('enableKlass'), klass: z.string() }),
  z.strictObject({
    change: z.literal('createAttribute'),
    attribute: z.string(),
    type: z.string().meta({ description: 'As Kustomer calls it; it follows from the suffix of the name.' }),
    label: z.string(),
  }),
]);
export type Change = z.output<typeof change>;

/** What bringing a brand on would do in its Kustomer org, and what stands in the way. */
export const kustomerPlan = z
  .strictObject({
    status: z.enum(['ready', 'changes', 'blocked']).meta({
      description:
        'ready: all is there; changes: apply would make them; blocked: apply would refuse, see key and conflicts.',
    }),
    klass: z.string(),
    key: z.strictObject({
      name: z.string(),
      lastFour: z.string(),
      roles: z.array(z.string()),
      missing: z.array(z.strictObject({ role: z.string(), blocks: z.string(), isRequired: z.boolean() })),
      needless: z.array(z.strictObject({ role: z.string(), why: z.string() })),
      leastRoles: z.array(z.string()).meta({ description: 'The roles to make a key with, exactly these.' }),
      advice: z.string().nullable(),
    }),
    changes: z.array(change),
    unchanged: z.int().meta({ description: 'Attributes that are there already.' }),
    conflicts: z.array(z.strictObject({ attribute: z.string(), message: z.string() })),
    notes: z.array(z.string()),
  })
  .meta({ id: 'KustomerPlan' });
export type KustomerPlan = z.output<typeof kustomerPlan>;

/** What there is in an org. `seen` is null when the key may not look. */
export interface Found {
  key: Key;
  seen: { klass: Klass | null; properties: Properties } | null;
}

const KLASS_LABEL = 'Klaim';
const ADVICE =
  'The roles of a key cannot be changed: make a new key with exactly the roles of leastRoles, put it into the brand as kustomer.apiKey, then revoke this one.';

/** Compares what is wanted with what there is. It asks nobody anything. */
export function planFor(klassName: string, mapping: Mapping, { key, seen }: Found): KustomerPlan {
  const changes = seen === null ? [] : changesFor(klassName, mapping, seen.klass, seen.properties);
  const missing = missingRoles(key.roles, klassName, seen === null ? null : workOf(changes));
  const needless = needlessRoles(key.roles, klassName);
  const conflicts = seen === null ? [] : conflictsWith(seen.properties, mapping);
  const isBlocked = seen === null || conflicts.length > 0 || missing.some(({ isRequired }) => isRequired);
  const wanted = attributesBy(mapping);
  return {
    status: isBlocked ? 'blocked' : changes.length > 0 ? 'changes' : 'ready',
    klass: klassName,
    key: {
      ...key,
      missing,
      needless,
      leastRoles: [...EXACT_ROLES],
      advice: missing.length + needless.length === 0 ? null : ADVICE,
    },
    changes,
    unchanged: seen === null ? 0 : wanted.length - lacking(seen.properties, wanted).length,
    conflicts,
    notes: seen === null ? ['What is there cannot be seen with this key.'] : keptLabels(mapping, seen.properties),
  };
}

function changesFor(klassName: string, mapping: Mapping, klass: Klass | null, properties: Properties): Change[] {
  const ofKlass: Change[] =
    klass === null
      ? [{ change: 'createKlass', klass: klassName, label: KLASS_LABEL }]
      : klass.isEnabled
        ? []
        : [{ change: 'enableKlass', klass: klassName }];
  const ofAttributes = lacking(properties, attributesBy(mapping)).flatMap(({ name, label }): Change[] => {
    const suffix = suffixOf(name);
    return suffix === null
      ? []
      : [{ change: 'createAttribute', attribute: name, type: ATTRIBUTE_TYPES[suffix], label }];
  });
  return [...ofKlass, ...ofAttributes];
}

function workOf(changes: readonly Change[]): Work {
  const has = (kind: Change['change']): boolean => changes.some(({ change: one }) => one === kind);
  return {
    createsKlass: has('createKlass'),
    enablesKlass: has('enableKlass'),
    createsAttributes: has('createAttribute'),
  };
}

/** How an org calls its attributes is its own business. */
function keptLabels(mapping: Mapping, properties: Properties): string[] {
  return attributesBy(mapping).flatMap(({ name, label }) => {
    const shown = properties[name]?.displayName ?? label;
    return shown === label
      ? []
      : [`${name} is labelled "${shown}" in Kustomer, and stays so (ours would be "${label}")`];
  });
}
