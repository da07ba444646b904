// `npm run record-histories [-- name…]`: records the scenarios of test/replay anew, all of them or those named.
import { argumentsFor } from './arguments.mjs';
import { installDependencies } from './dependencies.mjs';
import { runTool } from './development-tools.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

const USAGE = `Usage: npm run record-histories [-- name …]

Lives the scenarios of test/replay/scenarios on a real Temporal server and keeps their histories, all of them
(some minutes) or only those named. See docs/change-a-workflow.md.`;

const names = argumentsFor(USAGE);

process.chdir(root);
process.env.RECORD_HISTORIES = JSON.stringify(names);
await runMain(async () => {
  requireNode();
  await installDependencies(root);
  await runTool('jest', '--testMatch', '**/test/replay/record.ts');
});
