// `npm run crash-sweep`: the test of the same name with a kill after every event of a claim's history (minutes).
import { noArgumentsFor } from './arguments.mjs';
import { compile, isBuilt } from './compile.mjs';
import { installDependencies } from './dependencies.mjs';
import { runTool } from './development-tools.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

const USAGE = `Usage: npm run crash-sweep

Lives one claim again and again, kills the worker after each single event of its history and starts it again:
the end must be the same each time. Takes some minutes.`;

process.chdir(root);
process.env.TEST_CRASH_SWEEP = 'whole';
await runMain(async () => {
  noArgumentsFor(USAGE);
  requireNode();
  await installDependencies(root);
  if (!isBuilt(root)) await compile(root);
  await runTool('jest', 'test/crash-sweep');
});
