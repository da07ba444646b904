// `npm run crash-sweep`: the test of the same name with a kill after every event of a claim's history (minutes).
import { compile, isBuilt } from './compile.mjs';
import { runTool } from './development-tools.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

process.chdir(root);
process.env.TEST_CRASH_SWEEP = 'whole';
await runMain(async () => {
  if (!isBuilt(root)) await compile(root);
  await runTool('jest', 'test/crash-sweep');
});
