// `npm test`: dependencies if needed, then every check, the cheap ones first. Arguments go to jest.
import path from 'node:path';
import { compile, isBuilt } from './compile.mjs';
import { installDependencies } from './dependencies.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { run, runMain, seconds } from './step.mjs';

const PROGRAMS = {
  prettier: 'prettier/bin/prettier.cjs',
  eslint: 'eslint/bin/eslint.js',
  tsc: 'typescript/bin/tsc',
  jest: 'jest/bin/jest.js',
};

async function section(title, work) {
  const since = Date.now();
  console.log(`\n== ${title} ==`);
  await work();
  console.log(`${title}: ok, ${seconds(since)}`);
}

/** PGlite loads its files by dynamic import, which jest allows only with this; its warning is of no use to anybody. */
const NODE_OPTIONS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

const show = (program, ...args) =>
  run(process.execPath, [...NODE_OPTIONS, path.join('node_modules', PROGRAMS[program]), ...args], { show: true });

process.chdir(root);
await runMain(async () => {
  requireNode();
  await installDependencies(root);
  await section('Format', () => show('prettier', '--check', '--log-level', 'warn', '.'));
  await section('Lint', () => show('eslint', '--max-warnings', '0', '.'));
  await section('Types', () => show('tsc', '-p', '.'));
  // Tests that kill the service run it as it is built.
  if (!isBuilt(root)) await section('Build', () => compile(root, { checkTypes: false }));
  await section('Tests', () => show('jest', ...process.argv.slice(2)));
});
