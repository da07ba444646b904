// Bundles the compiled workflows to the file given. A worker that starts then needs no webpack run.
import { createRequire } from 'node:module';

const { buildWorkflowBundle } = createRequire(import.meta.url)('../dist/src/temporal/bundle.js');
await buildWorkflowBundle(process.argv[2]);
