import { until } from '../../sandbox/claims/until';
import { createRecent } from '../../src/store/recent';
import { onPostgres } from '../support/databases';
import { aBrand, openTwoStores } from './open-stores';

test('a burst looks once', async () => {
  const recent = createRecent<string>();
  const look = jest.fn(() => Promise.resolve('found'));
  expect(await Promise.all([1, 2, 3].map(() => recent.get('key', look)))).toEqual(['found', 'found', 'found']);
  expect(await recent.get('key', look)).toBe('found');
  expect(look).toHaveBeenCalledTimes(1);
});

test('what is not there, and a failure, are looked up again', async () => {
  const recent = createRecent<string>();
  expect(await recent.get('key', () => Promise.resolve(null))).toBeNull();
  await expect(recent.get('key', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
  expect(await recent.get('key', () => Promise.resolve('found'))).toBe('found');
});

test('what was asked before a change is not given out after it, however late it is found', async () => {
  const recent = createRecent<string>();
  let find = (_found: string): void => undefined;
  const before = recent.get('key', () => new Promise<string>((resolve) => (find = resolve)));
  recent.forget();
  find('old');
  expect(await before).toBe('old');
  expect(await recent.get('key', () => Promise.resolve('new'))).toBe('new');
});

onPostgres((kind) => {
  test('what another process changes or revokes is seen soon', async () => {
    const [here, there] = await openTwoStores(kind);
    await here.brands.put('acme', aBrand());
    const { id, token } = await here.tokens.mint({ brand: 'acme', name: 'backend', scopes: ['resolve'] });
    expect(await there.brands.get('acme')).toMatchObject({ name: 'Acme' });
    expect(await there.tokens.find(token)).toMatchObject({ id });

    await here.brands.put('acme', aBrand({ name: 'Acme & Co' }));
    await here.tokens.revoke('acme', id);
    expect(await here.brands.get('acme')).toMatchObject({ name: 'Acme & Co' });
    expect(await here.tokens.find(token)).toBeNull();
    await until('the new name', async () => (await there.brands.get('acme'))?.name === 'Acme & Co');
    await until('the end of the token', async () => (await there.tokens.find(token)) === null);
  });

  test('the tokens of a brand that is removed end at once', async () => {
    const [here] = await openTwoStores(kind);
    await here.brands.put('acme', aBrand());
    const { token } = await here.tokens.mint({ brand: 'acme', name: 'backend', scopes: ['resolve'] });
    expect(await here.tokens.find(token)).not.toBeNull();
    await here.brands.remove('acme');
    expect(await here.tokens.find(token)).toBeNull();
    expect(await here.brands.get('acme')).toBeNull();
  });
});
