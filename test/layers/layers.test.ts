import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf, type Sources } from './imports';
import { brokenImports, circle } from './rule';

const ROOT = path.join(__dirname, '../..');

function sourcesOf(...folders: string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      path.posix.join(folder, name),
    ),
  );
  const sources = files.filter((file) => /(?<!\.d)\.ts$/.test(file));
  return new Map(sources.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
}

/** What the rule says of one made-up file that imports what is there. */
function broken(file: string, text: string, ...others: string[]): string[] {
  return brokenImports(importsOf(new Map([...others.map((other) => [other, ''] as const), [file, text]])));
}

test('every import goes in the direction of the design', () => {
  const imports = importsOf(sourcesOf('src', 'sandbox', 'test', 'bench', 'prove'));
  expect(imports.length).toBeGreaterThan(100);
  expect(brokenImports(imports)).toEqual([]);
});

test('no files import each other in a circle', () => {
  expect(circle(importsOf(sourcesOf('src', 'sandbox', 'bench', 'prove')))).toBeUndefined();
});

describe('the check itself', () => {
  test.each([
    ['src/claims/money.ts', "import { brands } from '../store/brands';"],
    ['src/claims/money.ts', "export * from '../store/brands';"],
    ['src/claims/money.ts', "import '../store/brands';"],
    ['src/claims/money.ts', "const brands = await import('../store/brands');"],
    ['src/claims/money.ts', "const brands = require('../store/brands');"],
    ['src/claims/money.ts', "import brands = require('../store/brands');"],
    ['src/integrations/http.ts', "import { brands } from '../store/brands';"],
    ['sandbox/kustomer/state.ts', "import { brands } from '../../src/store/brands';"],
    ['prove/checker/check.ts', "import { brands } from '../../src/store/brands';"],
    ['prove/run/play.ts', "import { brands } from '../../src/store/brands';"],
  ])('%s is caught at %s', (file, text) => {
    expect(broken(file, text, 'src/store/brands.ts')).toEqual([`${file} must not import src/store/brands.ts`]);
  });

  test('a workflow may import the types of activities and nothing else of them', () => {
    const others = ['src/activities/index.ts'];
    expect(broken('src/workflows/claim.ts', "import type { A } from '../activities';", ...others)).toEqual([]);
    expect(broken('src/workflows/claim.ts', "import { type A, type B } from '../activities';", ...others)).toEqual([]);
    expect(broken('src/workflows/claim.ts', "import { type A, b } from '../activities';", ...others)).toEqual([
      'src/workflows/claim.ts must not import src/activities/index.ts',
    ]);
    expect(broken('src/workflows/claim.ts', "import a, { type B } from '../activities';", ...others)).toHaveLength(1);
  });

  test('the types of a forbidden folder are forbidden too', () => {
    expect(
      broken('src/claims/money.ts', "import type { Brand } from '../store/brands';", 'src/store/brands.ts'),
    ).toEqual(['src/claims/money.ts must not import the types of src/store/brands.ts']);
    expect(
      broken('src/claims/money.ts', "let brand: import('../store/brands').Brand;", 'src/store/brands.ts'),
    ).toHaveLength(1);
  });

  test('nobody imports the command line, not even a test; only a root imports the configuration', () => {
    expect(broken('test/main.test.ts', "import '../src/main';", 'src/main.ts')).toHaveLength(1);
    expect(broken('src/api/app.ts', "import { config } from '../config';", 'src/config.ts')).toHaveLength(1);
    expect(broken('src/service.ts', "import { config } from './config';", 'src/config.ts')).toEqual([]);
    expect(broken('src/api/app.ts', "import { start } from '../service';", 'src/service.ts')).toHaveLength(1);
  });

  test('a circle is shown file by file, and types do not make one', () => {
    const around = new Map([
      ['src/claims/a.ts', "import { b } from './b';"],
      ['src/claims/b.ts', "import { c } from './c';"],
      ['src/claims/c.ts', "import { b } from './b';"],
    ]);
    expect(circle(importsOf(around))).toEqual(['src/claims/b.ts', 'src/claims/c.ts', 'src/claims/b.ts']);
    const open = new Map([...around, ['src/claims/c.ts', "import type { B } from './b';"]]);
    expect(circle(importsOf(open))).toBeUndefined();
  });
});
