import { type KustomerApplied } from '../integrations/kustomer/provision/apply';
import { type Change, type KustomerPlan } from '../integrations/kustomer/provision/plan';
import { tableOf } from './print';

/** A plan as people read it on a terminal. */
export function planText(brand: string, plan: KustomerPlan): string {
  return [
    `Kustomer of brand "${brand}": ${HEADLINE[plan.status]}`,
    ...keyLines(plan.key),
    ...plan.conflicts.map(({ attribute, message }) => `✗ ${attribute} ${message}`),
    ...changesText(plan.changes),
    `${plan.unchanged} attributes are there already.`,
    ...plan.notes.map((note) => `Note: ${note}`),
  ].join('\n');
}

/** What apply did, as people read it. */
export function appliedText(brand: string, { made, testKlaim, plan }: KustomerApplied): string {
  const left = `left, marked as a test: the key may not delete. Delete ${testKlaim.klaimId} by hand, or leave it`;
  return [
    made.length === 0 ? 'There was nothing to make.' : 'Made:',
    ...changesText(made),
    `A test Klaim was written with every attribute, read back and ${testKlaim.outcome === 'removed' ? 'removed' : left}.`,
    planText(brand, plan),
  ].join('\n');
}

const HEADLINE: Readonly<Record<KustomerPlan['status'], string>> = {
  ready: 'all is there',
  changes: 'something is to be made (claimkeeper brand apply)',
  blocked: 'apply would refuse',
};

function keyLines({ name, lastFour, missing, needless, leastRoles, advice }: KustomerPlan['key']): string[] {
  return [
    `Key "${name}" (…${lastFour})`,
    ...missing.map(({ role, blocks, isRequired }) => `  ${isRequired ? '✗' : '!'} lacks ${role}: ${blocks}`),
    ...needless.map(({ role, why }) => `  ! has ${role}: ${why}`),
    ...(advice === null ? [] : [`  ${advice}`, ...leastRoles.map((role) => `    ${role}`)]),
  ];
}

function changesText(changes: readonly Change[]): string[] {
  const rows: string[][] = [];
  const lines = changes.flatMap((change) => {
    switch (change.change) {
      case 'createKlass':
        return [`+ Klass ${change.klass} ("${change.label}")`];
      case 'enableKlass':
        return [`~ Klass ${change.klass} is enabled`];
      case 'createAttribute':
        rows.push([`+ ${change.attribute}`, change.type, change.label]);
        return [];
    }
  });
  return rows.length === 0 ? lines : [...lines, tableOf(['attribute', 'type', 'label'], rows)];
}
