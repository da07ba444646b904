// `npm run record-histories [-- name…]`: records the scenarios of test/replay anew, all of them or those named.
import { runTool } from './development-tools.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

const names = process.argv.slice(2);

process.chdir(root);
await runMain(() =>
  runTool(
    'jest',
    ...['--testMatch', '**/test/replay/record.ts'],
    ...(names.length === 0 ? [] : ['--testNamePattern', `^(${names.join('|')})$`]),
  ),
);
