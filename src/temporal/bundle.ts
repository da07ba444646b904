import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions } from '@temporalio/worker';

/** What goes into the workflow bundle. The worker must be given the same payload converter. */
export function workflowBundleOptions(): BundleOptions {
  return {
    workflowsPath: require.resolve('../workflows/index'),
    payloadConverterPath: require.resolve('./payload-converter'),
    logger: new DefaultLogger('WARN'),
  };
}

/** Bundles the workflows with webpack (seconds of work: at build time, or once per test run) and writes them to `outFile`. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflowCode(workflowBundleOptions());
  await writeFile(outFile, code);
}
