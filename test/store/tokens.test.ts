import { sql } from 'drizzle-orm';
import { type Database } from '../../src/store/database';
import { type Store } from '../../src/store/store';
import { isTokenText, newTokenText } from '../../src/store/token-text';
import { onEachDatabase } from '../support/databases';
import { aBrand, openStore } from './open-stores';

test('a token can be told from text that only looks like one', () => {
  const token = newTokenText();
  expect(token).toMatch(/^ck_[0-9a-f]{56}$/);
  expect(isTokenText(token)).toBe(true);
  const mistyped = token.slice(0, 10) + (token[10] === 'a' ? 'b' : 'a') + token.slice(11);
  for (const other of [mistyped, token.slice(1), `${token}0`, token.toUpperCase(), '', 'ck_'])
    expect(isTokenText(other)).toBe(false);
});

onEachDatabase((kind) => {
  let store: Store;
  let database: Database;
  beforeAll(async () => {
    ({ store, database } = await openStore(kind));
    await store.brands.put('acme', aBrand());
    await store.brands.put('bolt', aBrand());
  });

  test('a minted token is found, with its brand and scopes', async () => {
    const { id, token, scopes } = await store.tokens.mint({ brand: 'acme', name: 'ci', scopes: ['read', 'resolve'] });
    expect(scopes).toEqual(['read', 'resolve']);
    expect(await store.tokens.find(token)).toEqual({ id, brand: 'acme', scopes: ['read', 'resolve'] });
  });

  test('no other token is found', async () => {
    for (const token of [newTokenText(), 'ck_', '', 'x'.repeat(10_000), '\0'])
      expect(await store.tokens.find(token)).toBeNull();
  });

  test('a token is listed without itself, with its last use', async () => {
    const { id, token } = await store.tokens.mint({ brand: 'bolt', name: 'backend', scopes: ['resolve'] });
    const listed = {
      id,
      name: 'backend',
      scopes: ['resolve'],
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt: null,
      revokedAt: null,
    };
    expect(await store.tokens.list('bolt')).toEqual([listed]);
    await store.tokens.find(token);
    expect(await store.tokens.list('bolt')).toEqual([{ ...listed, lastUsedAt: expect.any(String) }]);
  });

  test('a revoked token is not found any more, and stays in the list', async () => {
    const { id, token } = await store.tokens.mint({ brand: 'acme', name: 'old', scopes: ['admin'] });
    expect(await store.tokens.revoke('bolt', id)).toBe(false);
    expect(await store.tokens.find(token)).not.toBeNull();
    expect(await store.tokens.revoke('acme', id)).toBe(true);
    expect(await store.tokens.revoke('acme', id)).toBe(true);
    expect(await store.tokens.find(token)).toBeNull();
    const kept = (await store.tokens.list('acme')).find((one) => one.id === id);
    expect(kept?.revokedAt).toEqual(expect.any(String));
  });

  test('an expired token is not found', async () => {
    const mint = (expiresAt: string) =>
      store.tokens.mint({ brand: 'acme', name: 'brief', scopes: ['read'], expiresAt });
    const { token: past } = await mint('2020-01-01T00:00:00.000Z');
    const { token: future } = await mint('2999-01-01T00:00:00.000Z');
    expect(await store.tokens.find(past)).toBeNull();
    expect(await store.tokens.find(future)).not.toBeNull();
  });

  test('a token is not in clear in the database', async () => {
    const { token } = await store.tokens.mint({ brand: 'acme', name: 'hidden', scopes: ['read'] });
    const rows = await database.sql.execute(sql`select tokens::text, encode(hash, 'escape') as hash from tokens`);
    expect(JSON.stringify(rows)).toContain('hidden');
    expect(JSON.stringify(rows)).not.toContain(token.slice(3));
  });
});
