// `npm test`: dependencies if needed, then every check, the cheap ones first. Arguments go to jest.
import { argumentsFor } from './arguments.mjs';
import { compile, isBuilt } from './compile.mjs';
import { installDependencies } from './dependencies.mjs';
import { runTool } from './development-tools.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { runMain, seconds } from './step.mjs';

const USAGE = `Usage: npm test [-- jest's arguments …]

Checks format, lint and types, builds, and runs the tests: all of them, or those whose paths hold what is given,
as in "npm test -- test/claims".`;

async function section(title, work) {
  const since = Date.now();
  console.log(`\n== ${title} ==`);
  await work();
  console.log(`${title}: ok, ${seconds(since)}`);
}

const forJest = argumentsFor(USAGE);

process.chdir(root);
await runMain(async () => {
  requireNode();
  await installDependencies(root);
  await section('Format', () => runTool('prettier', '--check', '--log-level', 'warn', '.'));
  await section('Lint', () => runTool('eslint', '--max-warnings', '0', '.'));
  await section('Types', () => runTool('tsc', '-p', '.'));
  // Tests that kill the service run it as it is built.
  if (!isBuilt(root)) await section('Build', () => compile(root, { checkTypes: false }));
  await section('Tests', () => runTool('jest', ...forJest));
});
