import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCES } from '../../src/claims/sources';
import { WEBHOOK_SOURCES } from '../../src/intake/webhook-sources';

const root = join(__dirname, '..', '..');

test.each(['src/integrations/karla', 'sandbox/karla'])(
  'Karla is named in %s, where docs/sources.md says, and nowhere else beside it',
  (own) => {
    const [folder = ''] = own.split('/');
    const page = readFileSync(join(root, 'docs', 'sources.md'), 'utf8');
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    );
    const named = files.filter((file) => {
      if (!file.endsWith('.ts') || file.startsWith(`${own}/`)) return false;
      // What a comment says about a partner is no dependence on it.
      const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      return /karla/i.test(code);
    });
    const list = page.slice(page.indexOf('## Adding a claim source'));
    const listed = list.match(/\b(?:src|sandbox)\/(?:[a-z-]+\/)?[a-z-]+\.ts/g) ?? [];
    expect(named.sort()).toEqual([...new Set(listed.filter((file) => file.startsWith(`${folder}/`)))].sort());
  },
);

test('every source has a door', () => {
  expect(Object.keys(WEBHOOK_SOURCES).sort()).toEqual(Object.keys(SOURCES).sort());
});
