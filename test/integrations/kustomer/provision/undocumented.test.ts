import { type KustomerSettings } from '../../../../sandbox/kustomer/settings';
import { EXACT_ROLES } from '../../../../src/integrations/kustomer/provision/roles';
import { withBareOrg, type BareOrg } from './bare-org';

/** Where Kustomer's documentation is silent about Klasses and attributes: what the simulator chooses, and what bringing an org on does about it. */
type Row = [choice: string, client: string, settings: Partial<KustomerSettings>, act: (org: BareOrg) => Promise<void>];

const ROWS: Row[] = [
  ['metadata are merged', 'keeps what others have made', { metadata: 'merge' }, besideOthers],
  ['metadata are replaced', 'keeps what others have made', { metadata: 'replace' }, besideOthers],
  ['a taken name of a Klass is 409', 'goes on with the one there is', { klassConflict: 409 }, twoAtOnce],
  ['a taken name of a Klass is 400', 'goes on with the one there is', { klassConflict: 400 }, twoAtOnce],
  [
    'a disabled Klass takes no Klaim',
    'enables it, by its id and not its name',
    {},
    async (org) => {
      await org.call('POST', '/klasses', { name: 'klaim', status: 'disabled' });
      await org.apply();
      expect((await org.plan()).status).toBe('ready');
      expect(org.writes()).not.toContain('PUT /klasses/klaim');
    },
  ],
  [
    'a value outside a list of options is refused',
    'makes no list of options',
    {},
    async (org) => {
      await org.apply();
      for (const { enumeration } of Object.values(await org.properties())) expect(enumeration).toBeUndefined();
    },
  ],
  [
    'how many attributes a plan has room for is not told',
    'makes fewer than 40',
    {},
    async (org) => {
      await org.apply();
      expect(Object.keys(await org.properties()).length).toBeLessThan(40);
    },
  ],
  [
    'a Klass with Klaims cannot be deleted',
    'deletes nothing but its own test Klaim',
    {},
    async (org) => {
      await org.apply();
      await org.apply();
      const deletions = org.writes().filter((write) => write.startsWith('DELETE'));
      expect(deletions).toHaveLength(2);
      for (const deletion of deletions) expect(deletion).toMatch(/^DELETE \/klasses\/klaim\/[0-9a-f]{24}$/);
    },
  ],
  [
    'a role covers those below it',
    'takes it for them, and asks for the lowest',
    {},
    async (org) => {
      const roles = ['klass', 'metadata', 'kobject', 'customer', 'customer_merge'].map(
        (role) => `org.permission.${role}`,
      );
      await org.kustomer.addKey({ org: 'bare', apiKey: 'broad', roles });
      const { key } = await org.plan({}, 'broad');
      expect(key.missing).toEqual([]);
      expect(key.leastRoles).toEqual(EXACT_ROLES);
    },
  ],
];

async function besideOthers(org: BareOrg): Promise<void> {
  await org.call('POST', '/klasses', { name: 'klaim' });
  await org.call('PUT', '/metadata/kobject.klaim', { properties: { agentNoteStr: { displayName: 'Agent note' } } });
  await org.apply();
  expect(await org.properties()).toMatchObject({ agentNoteStr: { displayName: 'Agent note' } });
  expect(await org.properties()).toHaveProperty('statusStr');
}

async function twoAtOnce(org: BareOrg): Promise<void> {
  await Promise.allSettled([org.apply(), org.apply()]);
  const answers = org.kustomer.requests({ method: 'POST', path: '/klasses$' }).map(({ status }) => status);
  expect(answers.filter((status) => status === 400 || status === 409)).toHaveLength(1);
  await org.apply();
  const { body } = await org.call('GET', '/klasses');
  const names = (body as { data: { attributes: { name: string } }[] }).data.map(({ attributes }) => attributes.name);
  expect(names.filter((name) => name === 'klaim')).toEqual(['klaim']);
}

test.each(ROWS)('where %s, bringing an org on %s', (_choice, _client, settings, act) => withBareOrg({ settings }, act));
