// `npm test`: dependencies if needed, then every check, the cheap ones first. Arguments go to jest.
import path from 'node:path';
import { installDependencies } from './dependencies.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { run, runMain, seconds } from './step.mjs';

const CHECKS = [
  ['Format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['Lint', 'eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  ['Types', 'typescript/bin/tsc', '-p', '.'],
  ['Tests', 'jest/bin/jest.js', ...process.argv.slice(2)],
];

process.chdir(root);
await runMain(async () => {
  requireNode();
  await installDependencies(root);
  for (const [title, program, ...args] of CHECKS) {
    const since = Date.now();
    console.log(`\n== ${title} ==`);
    await run(process.execPath, [path.join('node_modules', program), ...args], { show: true });
    console.log(`${title}: ok, ${seconds(since)}`);
  }
});
