import { startKustomerSimulator, type KustomerSimulator } from '../../sandbox/kustomer/simulator';
import { brandCommand } from '../../src/commands/brand';
import { ServiceRefusal } from '../../src/commands/service-api';
import { EXACT_ROLES } from '../../src/integrations/kustomer/provision/roles';
import { ADMIN, startApi, type RunningApi } from '../api/running-api';
import { runCommand, type Ran } from './run-command';

let api: RunningApi;
let kustomer: KustomerSimulator;
beforeAll(async () => {
  [api, kustomer] = await Promise.all([startApi(), startKustomerSimulator()]);
});
afterAll(async () => {
  await api.stop();
  await kustomer.stop();
});

/** Runs `claimkeeper brand …` against the running API. */
const run = (args: string[], env: Record<string, string> = {}): Promise<Ran> =>
  runCommand(brandCommand({ CLAIMKEEPER_PUBLIC_URL: api.url, CLAIMKEEPER_ADMIN_TOKEN: ADMIN, ...env }), ...args);

async function brandWithOrg(brand: string, roles: readonly string[] = EXACT_ROLES): Promise<string> {
  const kustomerSection = { org: brand, apiKey: `key-of-${brand}`, baseUrl: kustomer.url };
  await kustomer.seedOrg({ org: brand, apiKey: kustomerSection.apiKey, roles: [...roles] });
  await api.ask('PUT', `/v1/brands/${brand}`, { token: ADMIN, json: { name: brand, kustomer: kustomerSection } });
  return brand;
}

test('plan shows what is to be made and ends with 2; after apply it ends with 0', async () => {
  const brand = await brandWithOrg('acme');
  const before = await run(['plan', brand]);
  expect(before.exitCode).toBe(2);
  expect(before.out).toContain('Kustomer of brand "acme": something is to be made');
  expect(before.out).toContain('+ Klass klaim ("Klaim")');
  expect(before.out).toMatch(/│ \+ resolutionAmountNum +│ Number +│ Resolution amount +│/);

  const applied = await run(['apply', brand]);
  expect(applied.exitCode).toBe(0);
  expect(applied.out).toContain('A test Klaim was written with every attribute, read back and removed.');
  expect(applied.out).toContain('Kustomer of brand "acme": all is there');

  expect((await run(['plan', brand])).exitCode).toBe(0);
  expect((await run(['apply', brand])).out).toContain('There was nothing to make.');
});

test('--json is what the API answers', async () => {
  const brand = await brandWithOrg('jay');
  const { out } = await run(['plan', brand, '--json']);
  const { json } = await api.ask('GET', `/v1/brands/${brand}/kustomer/plan`, { token: ADMIN });
  expect(JSON.parse(out)).toEqual(json);
  const applied = JSON.parse((await run(['apply', brand, '--json'])).out) as unknown;
  expect(applied).toMatchObject({ brand, testKlaim: { outcome: 'removed' }, plan: { status: 'ready' } });
});

test('a key that lacks a role ends with 1 and says what to do; apply is refused with each role', async () => {
  const roles = EXACT_ROLES.filter((role) => !role.startsWith('org.permission.kobject'));
  const brand = await brandWithOrg('poor', roles);
  const { out, exitCode } = await run(['plan', brand]);
  expect(exitCode).toBe(1);
  expect(out).toContain('✗ lacks org.permission.kobject.create: creating Klaims');
  expect(out).toContain('! lacks org.permission.kobject.delete');
  expect(out).toContain('make a new key with exactly the roles of leastRoles');
  await expect(run(['apply', brand])).rejects.toThrow(/lacks org\.permission\.kobject\.create/);
});

test.each<[string, () => Promise<unknown>, RegExp]>([
  ['an unknown brand', () => run(['plan', 'nobody']), /No such brand\.\nWhat to do: http.*\/problems\/unknown-brand/],
  [
    'a wrong token',
    () => run(['plan', 'acme'], { CLAIMKEEPER_ADMIN_TOKEN: 'ck_nothing_of_the_kind' }),
    /No valid token/,
  ],
  [
    'no service',
    () => run(['plan', 'acme'], { CLAIMKEEPER_PUBLIC_URL: 'http://127.0.0.1:9' }),
    /No service answers at .*\nSet CLAIMKEEPER_PUBLIC_URL/,
  ],
  ['another server', () => run(['plan', 'acme'], { CLAIMKEEPER_PUBLIC_URL: kustomer.url }), /not as Claimkeeper would/],
])('%s is a message with the remedy', async (_what, command, message) => {
  const error: unknown = await command().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ServiceRefusal);
  expect((error as Error).message).toMatch(message);
});
