import { until } from '../../sandbox/claims/until';
import { startKustomerSimulator, type KustomerSimulator } from '../../sandbox/kustomer/simulator';
import { EXACT_ROLES } from '../../src/integrations/kustomer/provision/roles';
import { ADMIN, startApi, type Answer, type RunningApi } from './running-api';

let api: RunningApi;
let kustomer: KustomerSimulator;
beforeAll(async () => {
  [api, kustomer] = await Promise.all([startApi(), startKustomerSimulator()]);
});
afterAll(async () => {
  await api.stop();
  await kustomer.stop();
});
afterEach(() => kustomer.faults.clear());

const put = (brand: string, section: object | null) =>
  api.ask('PUT', `/v1/brands/${brand}`, { token: ADMIN, json: { name: brand, kustomer: section } });
const plan = (brand: string, token = ADMIN) => api.ask('GET', `/v1/brands/${brand}/kustomer/plan`, { token });
const apply = (brand: string, token = ADMIN) => api.ask('POST', `/v1/brands/${brand}/kustomer/apply`, { token });
const pathsIn = ({ json }: Answer): string[] => (json['errors'] as { path: string }[]).map(({ path }) => path);

/** A brand whose org is there, with nothing in it. */
async function brandWithOrg(brand: string, roles: readonly string[] = EXACT_ROLES): Promise<object> {
  const section = { org: brand, apiKey: `key-of-${brand}`, baseUrl: kustomer.url };
  await kustomer.seedOrg({ org: brand, apiKey: section.apiKey, roles: [...roles] });
  expect((await put(brand, section)).status).toBe(201);
  return section;
}

describe('plan and apply', () => {
  test('a brand is brought on without a call: plan, apply, plan again', async () => {
    await brandWithOrg('fresh');
    expect(await plan('fresh')).toMatchObject({ status: 200, json: { brand: 'fresh', status: 'changes' } });
    const applied = await apply('fresh');
    expect(applied).toMatchObject({ status: 200, json: { brand: 'fresh', testKlaim: { outcome: 'removed' } } });
    expect(await plan('fresh')).toMatchObject({ status: 200, json: { status: 'ready', changes: [] } });
  });

  test('are for admins of the brand alone', async () => {
    await brandWithOrg('guarded');
    const tokens = await api.newBrand('guarded', { kustomer: { org: 'guarded', baseUrl: kustomer.url } });
    const other = await api.newBrand('other');
    for (const ask of [plan, apply]) {
      expect((await ask('guarded', tokens.admin)).status).toBe(200);
      expect((await ask('guarded', tokens.operate)).status).toBe(403);
      expect((await ask('guarded', other.admin)).json['type']).toBe('/problems/unknown-brand');
      expect((await ask('not-there')).json['type']).toBe('/problems/unknown-brand');
    }
  });

  test.each([
    ['no section kustomer', null],
    ['no key', { org: 'keyless' }],
  ])('%s: 409 says what to put', async (_what, section) => {
    await put('keyless', section);
    for (const answer of [await plan('keyless'), await apply('keyless')])
      expect(answer).toMatchObject({ status: 409, json: { type: '/problems/no-kustomer-key' } });
  });

  test('a key that Kustomer refuses: 422', async () => {
    await brandWithOrg('revoked');
    await kustomer.revokeKey('key-of-revoked');
    for (const answer of [await plan('revoked'), await apply('revoked')])
      expect(answer).toMatchObject({
        status: 422,
        json: { type: '/problems/kustomer-key-refused', detail: expect.stringContaining('revoked, expired') },
      });
  });

  test('a key that lacks roles: the plan names them, apply is 409 with each', async () => {
    await brandWithOrg('poor', ['org.permission.klass', 'org.permission.metadata', 'org.permission.customer.read']);
    expect(await plan('poor')).toMatchObject({ status: 200, json: { status: 'blocked' } });
    const refused = await apply('poor');
    expect(refused).toMatchObject({ status: 409, json: { type: '/problems/kustomer-plan-blocked' } });
    expect(refused.json['detail']).toContain('kustomer.apiKey lacks org.permission.kobject.create: creating Klaims');
  });

  test('a Kustomer that is down: 502, and so is one that asks to wait, with how long', async () => {
    await brandWithOrg('down');
    kustomer.faults.down();
    expect(await plan('down')).toMatchObject({ status: 502, json: { type: '/problems/kustomer-unavailable' } });
    kustomer.faults.up();
    kustomer.faults.add({ fault: { status: 429 } });
    const waiting = await apply('down');
    expect(waiting).toMatchObject({ status: 502, json: { type: '/problems/kustomer-unavailable' } });
    expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(0);
    await until('the pause that Kustomer asked for to be over', async () => (await apply('down')).status === 200);
  });

  test('a step that Kustomer refuses: 502 names the step', async () => {
    await brandWithOrg('refusing');
    kustomer.faults.add({ match: { method: 'PUT', path: '/metadata/' }, fault: { status: 404 } });
    expect(await apply('refusing')).toMatchObject({
      status: 502,
      json: {
        type: '/problems/kustomer-refused',
        detail: expect.stringContaining('creating attributes of the Klass "klaim"'),
      },
    });
  });
});

describe('a mapping is checked when it is put', () => {
  test('what can be seen without Kustomer is 422 with every attribute', async () => {
    const section = await brandWithOrg('formal');
    const answer = await put('formal', {
      ...section,
      mapping: { xStr: 'claim.nothing', yNum: 'claim.createdAt', odd: 'claim.id' },
    });
    expect(answer.status).toBe(422);
    expect(pathsIn(answer)).toEqual(['kustomer.mapping.xStr', 'kustomer.mapping.yNum', 'kustomer.mapping.odd']);
  });

  test('what the Klass will not take is 422 with the attribute, and nothing is kept', async () => {
    const section = await brandWithOrg('strict');
    await kustomer.seedOrg({
      org: 'strict',
      apiKey: 'key-of-strict',
      properties: { tierStr: { enumeration: ['Gold'] } },
    });
    const refused = await put('strict', { ...section, mapping: { tierStr: 'claim.type' } });
    expect(refused.status).toBe(422);
    expect(pathsIn(refused)).toEqual(['kustomer.mapping.tierStr']);
    expect((await api.store.brands.get('strict'))?.kustomer).toMatchObject({ mapping: {}, mappingVersion: 1 });
    const taken = await put('strict', { ...section, mapping: { tierStr: { const: 'Gold' } } });
    expect(taken).toMatchObject({ status: 200, json: { warnings: [], kustomer: { mappingVersion: 2 } } });
  });

  test('the stored key is used when the put leaves it out', async () => {
    const { apiKey: _key, ...section } = (await brandWithOrg('stored')) as { apiKey: string };
    await kustomer.seedOrg({
      org: 'stored',
      apiKey: 'key-of-stored',
      properties: { tierStr: { enumeration: ['Gold'] } },
    });
    expect((await put('stored', { ...section, mapping: { tierStr: 'claim.type' } })).status).toBe(422);
  });

  test.each<[string, (section: object) => object, () => void]>([
    ['Kustomer is down', (section) => section, () => kustomer.faults.down()],
    ['the key is refused', (section) => ({ ...section, apiKey: 'nobody-knows-this-key' }), () => undefined],
    ['there is no key', (section) => ({ ...section, apiKey: null }), () => undefined],
  ])('%s: it is put all the same, with a warning', async (_what, change, happen) => {
    const section = await brandWithOrg(`asked-${_what.replaceAll(' ', '-').toLowerCase()}`);
    happen();
    const brand = (section as { org: string }).org;
    const answer = await put(brand, { ...change(section), mapping: { tierStr: 'claim.type' } });
    expect(answer).toMatchObject({
      status: 200,
      json: { warnings: [expect.stringContaining('the mapping was not checked against the Klass')] },
    });
  });
});

test('no answer and no line of the log holds a key', () => {
  expect(api.log.join('')).not.toContain('key-of-');
});
