import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCES } from '../../src/claims/sources';
import { WEBHOOK_SOURCES } from '../../src/intake/webhook-sources';

const root = join(__dirname, '..', '..');

test('Karla is named where docs/sources.md says a source is, and nowhere else', () => {
  const page = readFileSync(join(root, 'docs', 'sources.md'), 'utf8');
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => `src/${file}`);
  const named = files.filter((file) => {
    if (!file.endsWith('.ts')) return false;
    // What a comment says about a partner is no dependence on it.
    const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    return /karla/i.test(code);
  });
  const rows = named.filter((file) => !file.startsWith('src/integrations/karla/'));
  const list = page.slice(page.indexOf('## Adding a claim source'));
  expect(rows.sort()).toEqual([...new Set(list.match(/src\/[a-z-]+\/[a-z-]+\.ts/g))].sort());
});

test('every source has a door', () => {
  expect(Object.keys(WEBHOOK_SOURCES).sort()).toEqual(Object.keys(SOURCES).sort());
});
