import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { run, step } from './step.mjs';

/** What the build is made of: a change in one of these means a new build. */
const INPUTS = [
  'src',
  'sandbox',
  'bench',
  'prove',
  'scripts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];
/** What the built program writes among them. */
const OUTPUT = 'bench/results';
/** Files that the program reads at run time and the compiler does not copy. */
const READ_AT_RUN_TIME = ['src/store/migrations', 'sandbox/temporal-server/guard.cjs'];

/** What draws the page /docs, as it was built: the running service needs none of the package's own dependencies. */
const DOCS_SCRIPT = 'node_modules/@scalar/api-reference/dist/browser/standalone.js';

/** What `npx claimkeeper` runs (package.json, `bin`). */
const COMMAND = 'dist/src/main.js';

const stampOf = (root) => path.join(root, 'dist/.fingerprint');

/** Whether dist/ was built from exactly these sources. */
export function isBuilt(root) {
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === fingerprint(root, INPUTS, OUTPUT);
}

/**
 * Compiles to dist/, copies what is read at run time and bundles the workflows. Always starts from an empty dist/.
 * `checkTypes: false` is for a caller that has just checked them.
 */
export async function compile(root, { checkTypes = true } = {}) {
  const at = (place) => path.join(root, place);
  const before = fingerprint(root, INPUTS, OUTPUT);
  rmSync(at('dist'), { recursive: true, force: true });
  const tsc = [at('node_modules/typescript/bin/tsc'), '-p', at('tsconfig.build.json')];
  await step('Compiling', () => run(process.execPath, checkTypes ? tsc : [...tsc, '--noCheck']));
  for (const place of READ_AT_RUN_TIME) {
    mkdirSync(path.dirname(at(`dist/${place}`)), { recursive: true });
    cpSync(at(place), at(`dist/${place}`), { recursive: true });
  }
  cpSync(at(DOCS_SCRIPT), at('dist/scalar.js'));
  chmodSync(at(COMMAND), 0o755);
  await step('Bundling workflows', () =>
    run(process.execPath, [at('scripts/bundle-workflows.mjs'), at('dist/workflow-bundle.js')]),
  );
  writeFileSync(stampOf(root), before);
}
