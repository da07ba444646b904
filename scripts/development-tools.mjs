import path from 'node:path';
import { run } from './step.mjs';

const PROGRAMS = {
  prettier: 'prettier/bin/prettier.cjs',
  eslint: 'eslint/bin/eslint.js',
  tsc: 'typescript/bin/tsc',
  jest: 'jest/bin/jest.js',
};

/** PGlite loads its files by dynamic import, which jest allows only with this; its warning is of no use to anybody. */
const NODE_OPTIONS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** Runs one of the development dependencies' programs; its output is shown as it comes. */
export const runTool = (program, ...args) =>
  run(process.execPath, [...NODE_OPTIONS, path.join('node_modules', PROGRAMS[program]), ...args], { show: true });
