import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type Store } from '../../src/store/store';
import { onEachDatabase } from '../support/databases';
import { aBrand, openStore } from './open-stores';

const signingSecret = (byte: number): string => `whsec_${Buffer.alloc(24, byte).toString('base64')}`;

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  let count = 0;
  let brand: string;

  beforeAll(async () => ({ store, database } = await openStore(kind)));
  beforeEach(() => (brand = `brand-${++count}`));

  const put = (sections: Record<string, unknown>) => store.brands.put(brand, aBrand(sections));

  test('an unknown brand is null, and cannot be removed', async () => {
    expect(await store.brands.get(brand)).toBeNull();
    expect(await store.brands.view(brand)).toBeNull();
    expect(await store.brands.remove(brand)).toBe(false);
  });

  test('a brand is read back with all defaults and its secrets in clear', async () => {
    expect(await put({ kustomer: { org: 'acme', apiKey: 'kustomer-key' } })).toBe('created');
    expect(await store.brands.get(brand)).toEqual({
      name: 'Acme',
      orderProtection: null,
      karla: null,
      kustomer: {
        org: 'acme',
        apiKey: 'kustomer-key',
        klass: 'klaim',
        requestsPerMinute: 300,
        mapping: {},
        mappingVersion: 1,
      },
      backend: null,
      policy: { remindAfterHours: 24, escalateAfterHours: 72, quietHours: 24, retentionDays: 90 },
    });
  });

  test('a secret that was never given is null, a list of them is empty', async () => {
    await put({ orderProtection: {}, backend: { url: 'https://acme.example' } });
    expect(await store.brands.get(brand)).toMatchObject({
      orderProtection: { apiToken: null, webhookSecrets: [] },
      backend: { signingSecrets: [] },
    });
  });

  test('a second put replaces everything but the secrets it leaves out', async () => {
    await put({ kustomer: { org: 'acme', apiKey: 'kustomer-key', klass: 'claim' }, policy: { quietHours: 1 } });
    expect(await put({ name: 'Acme & Co', kustomer: { org: 'acme-2' } })).toBe('replaced');
    expect(await store.brands.get(brand)).toMatchObject({
      name: 'Acme & Co',
      kustomer: { org: 'acme-2', apiKey: 'kustomer-key', klass: 'klaim' },
      policy: { quietHours: 24 },
    });
  });

  test('a mapping has a number that rises when it changes, and every one that was is kept', async () => {
    const kustomer = { org: 'acme', apiKey: 'kustomer-key' };
    const own = { orderNumberStr: null, orderNoStr: 'order.number' };
    const versionNow = async () => (await store.brands.get(brand))?.kustomer?.mappingVersion;
    await put({ kustomer });
    expect(await versionNow()).toBe(1);
    await put({ kustomer: { ...kustomer, mapping: own } });
    await put({ name: 'Acme & Co', kustomer: { ...kustomer, mapping: own } });
    expect(await versionNow()).toBe(2);
    await put({ kustomer: null });
    expect(await store.brands.get(brand)).toMatchObject({ kustomer: null });
    await store.brands.remove(brand);
    await put({ kustomer });
    expect(await versionNow()).toBe(3);
    expect(await store.mappings.versions(brand)).toEqual([
      { version: 3, mapping: {}, since: expect.any(String) },
      { version: 2, mapping: own, since: expect.any(String) },
      { version: 1, mapping: {}, since: expect.any(String) },
    ]);
  });

  test('mappings that are put at once get numbers of their own', async () => {
    await put({ kustomer: { org: 'acme' } });
    const at = Array.from({ length: 5 }, (_, n) => ({ noteStr: { const: `note ${n}` } }));
    await Promise.all(at.map((mapping) => put({ kustomer: { org: 'acme', mapping } })));
    const [newest, ...older] = await store.mappings.versions(brand);
    expect(newest?.version).toBe(6);
    expect(older).toHaveLength(5);
    expect((await store.brands.get(brand))?.kustomer).toMatchObject({ mappingVersion: 6, mapping: newest?.mapping });
  });

  test('null removes a secret, and a list replaces the list', async () => {
    await put({ orderProtection: { apiToken: 'token', webhookSecrets: ['one', 'two'] } });
    await put({ orderProtection: { apiToken: null, webhookSecrets: ['two', 'three'] } });
    expect((await store.brands.get(brand))?.orderProtection).toMatchObject({
      apiToken: null,
      webhookSecrets: ['two', 'three'],
    });
    await put({ orderProtection: { webhookSecrets: null } });
    expect((await store.brands.get(brand))?.orderProtection).toMatchObject({ webhookSecrets: [] });
  });

  test('the secrets of a section left out wait for its return; those of a section that is null are gone', async () => {
    await put({ kustomer: { org: 'acme', apiKey: 'kustomer-key' } });
    await put({});
    expect((await store.brands.get(brand))?.kustomer).toBeNull();
    await put({ kustomer: { org: 'acme' } });
    expect((await store.brands.get(brand))?.kustomer?.apiKey).toBe('kustomer-key');
    await put({ kustomer: null });
    await put({ kustomer: { org: 'acme' } });
    expect((await store.brands.get(brand))?.kustomer?.apiKey).toBeNull();
  });

  test('a secret is shown as set, with its last four and since when, and a short one without its last four', async () => {
    const before = new Date().toISOString();
    await put({ orderProtection: { apiToken: 'op-token-9876', webhookSecrets: ['short'] } });
    const view = await store.brands.view(brand);
    const since = view?.orderProtection?.apiToken?.since ?? '';
    expect(since >= before && since <= new Date().toISOString()).toBe(true);
    expect(view?.orderProtection).toMatchObject({
      apiToken: { set: true, lastFour: '9876' },
      webhookSecrets: [{ set: true, lastFour: null }],
    });
    expect(JSON.stringify(view)).not.toMatch(/op-token|short/);
  });

  test('a secret that is left out does not go along to another address, whoever is first', async () => {
    await put({ kustomer: { org: 'acme', apiKey: 'kustomer-key' } });
    const moved = { org: 'acme', baseUrl: 'https://elsewhere.example' };
    await expect(store.brands.checkSecrets(brand, aBrand({ kustomer: moved }))).rejects.toThrow('kustomer.apiKey');
    await expect(put({ kustomer: moved })).rejects.toThrow('kustomer.apiKey');
    await put({ kustomer: { ...moved, apiKey: null } });
    await put({ kustomer: moved });
  });

  test('a secret that is given again keeps its date', async () => {
    await put({ backend: { url: 'https://acme.example', signingSecrets: [signingSecret(1)] } });
    const [first] = (await store.brands.view(brand))?.backend?.signingSecrets ?? [];
    await put({ backend: { url: 'https://acme.example', signingSecrets: [signingSecret(2), signingSecret(1)] } });
    const after = (await store.brands.view(brand))?.backend?.signingSecrets;
    expect(after).toHaveLength(2);
    expect(after?.[1]).toEqual(first);
  });

  test('no secret is in clear in the database', async () => {
    await put({ kustomer: { org: 'acme', apiKey: 'kustomer-key-in-clear' } });
    const rows = await database.sql.execute(
      sql`select settings::text, encode(secrets, 'escape') as secrets from brands`,
    );
    expect(JSON.stringify(rows)).toContain('acme');
    expect(JSON.stringify(rows)).not.toContain('in-clear');
  });

  test('of brands put at the same time one is created, and no secret of either is lost', async () => {
    const outcomes = await Promise.all([
      put({ orderProtection: { apiToken: 'token' } }),
      put({ kustomer: { org: 'acme', apiKey: 'key' } }),
      put({ karla: { shopId: 's', shopSlug: 's', webhookSecrets: ['secret'] } }),
    ]);
    expect(outcomes.sort()).toEqual(['created', 'replaced', 'replaced']);
    await put({ orderProtection: {}, kustomer: { org: 'acme' }, karla: { shopId: 's', shopSlug: 's' } });
    expect(await store.brands.get(brand)).toMatchObject({
      orderProtection: { apiToken: 'token' },
      kustomer: { apiKey: 'key' },
      karla: { webhookSecrets: ['secret'] },
    });
  });

  test('brands are listed by their names in addresses', async () => {
    const [first, second] = [`${brand}-b`, `${brand}-a`];
    await store.brands.put(first, aBrand({ name: 'Second\0' }));
    await store.brands.put(second, aBrand({ name: 'First' }));
    const listed = (await store.brands.list()).filter((one) => one.brand.startsWith(brand));
    expect(listed.map((one) => one.brand)).toEqual([second, first]);
    expect(listed[0]).toEqual({
      brand: second,
      name: 'First',
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  test('a removed brand is gone with its tokens', async () => {
    await put({});
    const { token } = await store.tokens.mint({ brand, name: 'ci', scopes: ['read'] });
    expect(await store.brands.remove(brand)).toBe(true);
    expect(await store.brands.get(brand)).toBeNull();
    expect(await store.tokens.find(token)).toBeNull();
  });
});
