import { attributesBy } from '../../../../src/claims/mapping/mapping';
import { EXACT_ROLES } from '../../../../src/integrations/kustomer/provision/roles';
import { failureOf } from '../desk';
import { KEY, openBareOrg, withBareOrg } from './bare-org';

const without = (...roles: string[]): string[] => EXACT_ROLES.filter((role) => !roles.includes(role));

test('an org in which nothing is made yet: the Klass, then every attribute with type and label; nothing is changed', async () => {
  await withBareOrg({}, async (org) => {
    const plan = await org.plan();
    expect(plan).toMatchObject({ status: 'changes', klass: 'klaim', unchanged: 0, conflicts: [], notes: [] });
    expect(plan.changes[0]).toEqual({ change: 'createKlass', klass: 'klaim', label: 'Klaim' });
    expect(plan.changes).toHaveLength(1 + attributesBy({}).length);
    expect(plan.changes).toContainEqual({
      change: 'createAttribute',
      attribute: 'resolutionAmountNum',
      type: 'Number',
      label: 'Resolution amount',
    });
    expect(org.writes()).toEqual([]);
  });
});

test("a brand's own attributes are planned, those that it leaves out are not", async () => {
  await withBareOrg({}, async (org) => {
    const { changes } = await org.plan({ orderNumberStr: null, loyaltyTierStr: { const: 'Gold' } });
    expect(changes).toContainEqual({
      change: 'createAttribute',
      attribute: 'loyaltyTierStr',
      type: 'Single line text',
      label: 'Loyalty tier',
    });
    expect(changes.map((change) => ('attribute' in change ? change.attribute : ''))).not.toContain('orderNumberStr');
  });
});

describe('the key', () => {
  test('with exactly the least roles lacks nothing and has nothing needless', async () => {
    await withBareOrg({}, async (org) => {
      const { key } = await org.plan();
      expect(key).toMatchObject({ lastFour: KEY.slice(-4), missing: [], needless: [], advice: null });
      expect(key.roles).toEqual(EXACT_ROLES);
    });
  });

  test('lacks roles: each is named with the step that it blocks, and how to make a right one', async () => {
    await withBareOrg(
      { roles: without('org.permission.kobject.create', 'org.permission.kobject.delete') },
      async (org) => {
        const { status, key } = await org.plan();
        expect(status).toBe('blocked');
        expect(key.missing).toEqual([
          { role: 'org.permission.kobject.create', blocks: 'creating Klaims', isRequired: true },
          { role: 'org.permission.kobject.delete', blocks: expect.stringContaining('duplicate'), isRequired: false },
        ]);
        expect(key.advice).toContain('make a new key with exactly the roles of leastRoles');
        expect(key.leastRoles).toEqual(EXACT_ROLES);
      },
    );
  });

  test.each(['org.permission.klass.read', 'org.permission.metadata.read'])(
    'may not see what is there without %s: blocked, and nothing is asked for in vain',
    async (role) => {
      await withBareOrg({ roles: without(role) }, async (org) => {
        const plan = await org.plan();
        expect(plan).toMatchObject({ status: 'blocked', changes: [] });
        expect(plan.key.missing.map((missing) => missing.role)).toEqual([role]);
        expect(plan.notes).toEqual(['What is there cannot be seen with this key.']);
        expect(org.kustomer.requests()).toHaveLength(1);
      });
    },
  );

  test('of the published Klaim guide is told what it lacks for claims, and what it does not need', async () => {
    const guide = [
      'org.permission.klass',
      'org.permission.klass.read',
      'org.permission.klass.create',
      'org.permission.klass.update',
      'org.permission.klass.delete',
      'org.hooks',
      'org.admin.metadata',
      'org.admin.metadata.write',
      'org.permission.metadata.update',
      'org.permission.metadata_sensitive.update',
      'org.admin.hook.write',
      'org.permission.hook.create',
    ];
    await withBareOrg({ roles: guide }, async (org) => {
      const { key } = await org.plan();
      const required = key.missing.filter(({ isRequired }) => isRequired).map(({ role }) => role);
      expect(required).toEqual([
        'org.permission.customer.read',
        'org.permission.customer.create',
        'org.permission.kobject.read',
        'org.permission.kobject.create',
        'org.permission.kobject.update',
      ]);
      expect(key.needless).toEqual(
        expect.arrayContaining([
          { role: 'org.permission.klass', why: 'opens more than is needed' },
          { role: 'org.hooks', why: 'nothing here needs it' },
        ]),
      );
    });
  });

  test('may hold older roles, or those for this Klass alone', async () => {
    const roles = [
      ...without('org.permission.kobject.read', 'org.permission.customer.read'),
      'org.permission.kobject.kobject_klaim.read',
      'org.user.customer.read',
    ];
    await withBareOrg({ roles }, async (org) => {
      const { key } = await org.plan();
      expect(key.missing).toEqual([]);
      expect(key.needless).toEqual([{ role: 'org.user.customer.read', why: 'opens more than is needed' }]);
    });
  });

  test('need not be able to create what is there', async () => {
    const org = await openBareOrg();
    await org.apply();
    const apiKey = 'key-for-claims-alone';
    const roles = without(
      'org.permission.klass.create',
      'org.permission.klass.update',
      'org.permission.metadata.update',
    );
    await org.kustomer.addKey({ org: 'bare', apiKey: 'key-for-claims-alone', roles });
    const { status, key } = await org.plan({}, apiKey);
    await org.kustomer.stop();
    expect({ status, missing: key.missing }).toEqual({ status: 'ready', missing: [] });
  });

  test.each([401, 403] as const)('that is revoked is a matter of credentials (%d)', async (status) => {
    await withBareOrg({}, async (org) => {
      org.kustomer.faults.add({ fault: { status } });
      expect(await failureOf(org.plan())).toMatchObject({
        kind: 'credentials',
        message: expect.stringContaining('asking which roles the API key has was answered'),
      });
    });
  });
});

describe('what is there already', () => {
  test('is ready after apply', async () => {
    await withBareOrg({}, async (org) => {
      await org.apply();
      expect(await org.plan()).toMatchObject({ status: 'ready', changes: [], unchanged: attributesBy({}).length });
    });
  });

  test('a Klass that was disabled is to be enabled', async () => {
    await withBareOrg({}, async (org) => {
      await org.apply();
      const { body } = await org.call('GET', '/klasses');
      const [klass] = (body as { data: { id: string }[] }).data;
      await org.call('PUT', `/klasses/${klass?.id}`, { status: 'disabled' });
      expect((await org.plan()).changes).toEqual([{ change: 'enableKlass', klass: 'klaim' }]);
    });
  });

  test('a Klass beyond the first page of Klasses is found', async () => {
    await withBareOrg({}, async (org) => {
      for (let n = 0; n < 100; n++) await org.call('POST', '/klasses', { name: `klass${n}` });
      await org.apply();
      expect((await org.plan()).status).toBe('ready');
    });
  });

  test('a label of its own stays, and is told', async () => {
    await withBareOrg({}, async (org) => {
      await org.call('POST', '/klasses', { name: 'klaim' });
      const properties = { orderNumberStr: { displayName: 'Bestellnummer' } };
      await org.call('PUT', '/metadata/kobject.klaim', { properties });
      expect((await org.plan()).notes).toEqual([
        'orderNumberStr is labelled "Bestellnummer" in Kustomer, and stays so (ours would be "Order number")',
      ]);
      await org.apply();
      expect((await org.properties())['orderNumberStr']).toMatchObject(properties.orderNumberStr);
    });
  });

  test('an option list is in the way of what is open-ended, and takes a constant of its own', async () => {
    await withBareOrg({}, async (org) => {
      await org.call('POST', '/klasses', { name: 'klaim' });
      await org.call('PUT', '/metadata/kobject.klaim', { properties: { statusStr: { enumeration: ['NEW', 'DONE'] } } });
      const message = expect.stringContaining('is an option list in Kustomer (NEW, DONE)');
      expect(await org.plan()).toMatchObject({ status: 'blocked', conflicts: [{ attribute: 'statusStr', message }] });
      expect(await org.conflicts({})).toEqual([{ attribute: 'statusStr', message }]);
      expect(await org.conflicts({ statusStr: { const: 'Odd' } })).toEqual([{ attribute: 'statusStr', message }]);
      expect(await org.conflicts({ statusStr: { const: 'NEW' } })).toEqual([]);
      expect(await org.conflicts({ statusStr: { clear: true } })).toEqual([]);
      expect(await org.conflicts({ statusStr: null, claimStatusStr: 'claim.status' })).toEqual([]);
    });
  });

  test('an id can only be filled when it is there, because it is made by hand', async () => {
    await withBareOrg({}, async (org) => {
      const mapping = { ownerId: { const: '68f000000000000000000001' } };
      expect(await org.conflicts(mapping)).toEqual([
        {
          attribute: 'ownerId',
          message: expect.stringContaining('is made by hand: in Kustomer, Settings, Platform, Klasses'),
        },
      ]);
      await org.call('POST', '/klasses', { name: 'klaim' });
      await org.call('PUT', '/metadata/kobject.klaim', { properties: { ownerId: { target: 'user' } } });
      expect(await org.conflicts(mapping)).toEqual([]);
    });
  });

  test('a Klass that is nearly full has no room for all attributes', async () => {
    await withBareOrg({}, async (org) => {
      await org.call('POST', '/klasses', { name: 'klaim' });
      const own = Object.fromEntries(Array.from({ length: 80 }, (_, n) => [`own${n}Str`, {}]));
      await org.call('PUT', '/metadata/kobject.klaim', { properties: own });
      expect(await org.conflicts({})).toEqual([
        {
          attribute: 'claimUrl',
          message: expect.stringContaining('the Klass has 80 attributes, and Kustomer takes 100'),
        },
      ]);
    });
  });
});
