import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { run, step } from './step.mjs';

/** What the build is made of: a change in one of these means a new build. */
const INPUTS = [
  'src',
  'sandbox',
  'scripts',
  'tsconfig.json',
  'tsconfig.build.json',
  'package.json',
  'package-lock.json',
];
/** Files that the program reads at run time and the compiler does not copy. */
const READ_AT_RUN_TIME = ['src/store/migrations', 'sandbox/temporal-server/guard.cjs'];

const stampOf = (root) => path.join(root, 'dist/.fingerprint');

/** Whether dist/ was built from exactly these sources. */
export function isBuilt(root) {
  return existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === fingerprint(root, INPUTS);
}

/** Compiles to dist/, copies what is read at run time and bundles the workflows. Always starts from an empty dist/. */
export async function compile(root) {
  const before = fingerprint(root, INPUTS);
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await step('Compiling (tsc)', () =>
    run(process.execPath, [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      path.join(root, 'tsconfig.build.json'),
    ]),
  );
  for (const place of READ_AT_RUN_TIME) {
    const target = path.join(root, 'dist', place);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(path.join(root, place), target, { recursive: true });
  }
  await step('Bundling workflows', () =>
    run(process.execPath, [
      path.join(root, 'scripts/bundle-workflows.mjs'),
      path.join(root, 'dist/workflow-bundle.js'),
    ]),
  );
  writeFileSync(stampOf(root), before);
}
