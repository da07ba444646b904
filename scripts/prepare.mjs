// Everything that `npm start` and `npm run demo` need on a fresh clone: dependencies and a build.
// Does nothing, fast and silent, when nothing has changed.
import { compile, isBuilt } from './compile.mjs';
import { installDependencies } from './dependencies.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

await runMain(async () => {
  requireNode();
  await installDependencies(root);
  if (!isBuilt(root)) await compile(root);
});
