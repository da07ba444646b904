// `npm run build`: dist/ from the sources, whether or not they changed. The dependencies must be there.
import { compile } from './compile.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';
import { runMain } from './step.mjs';

await runMain(async () => {
  requireNode();
  await compile(root);
});
