import { attributesBy } from '../../../../src/claims/mapping/mapping';
import { PlanBlocked } from '../../../../src/integrations/kustomer/provision/apply';
import { EXACT_ROLES } from '../../../../src/integrations/kustomer/provision/roles';
import { failureOf } from '../desk';
import { withBareOrg } from './bare-org';

const NO_DELETE = EXACT_ROLES.filter((role) => role !== 'org.permission.kobject.delete');

describe.each([
  ['merges metadata, answers 409 to a taken name', { metadata: 'merge', klassConflict: 409, missingRole: 403 }],
  ['replaces metadata, answers 400 to a taken name', { metadata: 'replace', klassConflict: 400, missingRole: 401 }],
] as const)('in a Kustomer that %s', (_what, settings) => {
  test('the Klass and every attribute is made, and tried with a Klaim that is gone afterwards', async () => {
    await withBareOrg({ settings }, async (org) => {
      const { made, testKlaim, plan } = await org.apply();
      expect(made).toHaveLength(1 + attributesBy({}).length);
      expect(plan).toMatchObject({ status: 'ready', changes: [] });
      const properties = await org.properties();
      expect(Object.keys(properties)).toEqual(attributesBy({}).map(({ name }) => name));
      expect(properties['messageSummaryTxt']).toMatchObject({ displayName: 'Messages' });
      expect(testKlaim.outcome).toBe('removed');
      expect(org.kustomer.klaims()).toEqual([]);
      expect(org.kustomer.customers()).toEqual([]);
      const [create] = org.kustomer.writes();
      const { custom } = create?.body as { custom: Record<string, unknown> };
      expect(Object.keys(custom)).toEqual(attributesBy({}).map(({ name }) => name));
      expect(Object.values(custom)).not.toContain(null);
    });
  });

  test('again it changes nothing, and only what is new is made when the mapping grows', async () => {
    await withBareOrg({ settings }, async (org) => {
      await org.apply();
      const before = org.writes().length;
      expect((await org.apply()).made).toEqual([]);
      expect(org.writes().slice(before)).toEqual([
        'POST /klasses/klaim',
        expect.stringMatching(/^DELETE \/klasses\/klaim\//),
      ]);
      const { made } = await org.apply({ tierStr: { const: 'Gold' } });
      expect(made).toEqual([
        { change: 'createAttribute', attribute: 'tierStr', type: 'Single line text', label: 'Tier' },
      ]);
    });
  });

  test('what others have made stays as it is', async () => {
    await withBareOrg({ settings }, async (org) => {
      await org.call('POST', '/klasses', { name: 'klaim' });
      const own = {
        agentNoteStr: { displayName: 'Agent note', enumeration: ['a', 'b'] },
        ownerId: { displayName: 'Owner', target: 'user', multi: true },
        secretStr: { displayName: 'Secret', sensitive: { enabled: true, maskType: 'full' } },
      };
      await org.call('PUT', '/metadata/kobject.klaim', { properties: own });
      await org.apply();
      expect(await org.properties()).toMatchObject(own);
    });
  });

  test('without the role to delete the test Klaim is left, marked as a test, and used again', async () => {
    await withBareOrg({ settings, roles: NO_DELETE }, async (org) => {
      const first = await org.apply();
      const second = await org.apply();
      expect(first.testKlaim.outcome).toBe('left');
      expect(second.testKlaim).toEqual(first.testKlaim);
      expect(org.kustomer.klaims()).toMatchObject([
        { id: first.testKlaim.klaimId, title: 'Claimkeeper test – not a claim', externalId: 'claimkeeper-test' },
      ]);
    });
  });
});

test('a disabled Klass is enabled again', async () => {
  await withBareOrg({}, async (org) => {
    await org.call('POST', '/klasses', { name: 'klaim', status: 'disabled' });
    const { made, plan } = await org.apply();
    expect(made[0]).toEqual({ change: 'enableKlass', klass: 'klaim' });
    expect(plan.status).toBe('ready');
  });
});

test('a plan that is blocked is not begun', async () => {
  await withBareOrg({ roles: EXACT_ROLES.filter((role) => !role.endsWith('customer.create')) }, async (org) => {
    const error: unknown = await org.apply().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PlanBlocked);
    expect(org.writes()).toEqual([]);
  });
});

test('an attribute that Kustomer refuses is named by the test Klaim', async () => {
  await withBareOrg({}, async (org) => {
    await org.apply();
    await org.call('PUT', '/metadata/kobject.klaim', {
      properties: { claimUrl: { enumeration: ['https://elsewhere.example/'] } },
    });
    // A constant of an option list goes; an id of nobody is seen only when it is written.
    const mapping = { claimUrl: { const: 'https://elsewhere.example/' } };
    expect((await org.apply(mapping)).testKlaim.outcome).toBe('removed');
    await org.call('PUT', '/metadata/kobject.klaim', { properties: { ownerId: { target: 'customer' } } });
    const nobody = { ...mapping, ownerId: { const: '68f0ffffffffffffffffffff' } };
    expect(await failureOf(org.apply(nobody))).toMatchObject({
      kind: 'rejected',
      message: 'kustomer: creating the test Klaim was answered 400: it refuses custom.ownerId',
    });
  });
});

test('two at once end in one Klass with every attribute once', async () => {
  await withBareOrg({}, async (org) => {
    const outcomes = await Promise.allSettled([org.apply(), org.apply(), org.apply()]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    const { body } = await org.call('GET', '/klasses');
    expect((body as { data: unknown[] }).data).toHaveLength(1);
    expect((await org.apply()).plan.status).toBe('ready');
    expect(org.kustomer.klaims()).toEqual([]);
  });
});
