import { writeFile } from 'node:fs/promises';
import { bundleWorkflowCode, DefaultLogger, type BundleOptions } from '@temporalio/worker';
import { CONVERTERS } from './data-converter';

/** What goes into the workflow bundle. The worker must be given the same converters. */
export function workflowBundleOptions(): BundleOptions {
  const workflowsPath = require.resolve('../workflows/index');
  const workflowInterceptorModules = [require.resolve('../workflows/interceptors')];
  return {
    workflowsPath,
    workflowInterceptorModules,
    // One copy for all workflows in a worker instead of one each. Safe because our modules have no state of their own
    // (they are frozen, so a write to one would fail loudly).
    preloadModules: [workflowsPath, ...workflowInterceptorModules],
    ...CONVERTERS,
    logger: new DefaultLogger('WARN'),
  };
}

/** Bundles the workflows with webpack (seconds of work: at build time, or once per test run) and writes them to `outFile`. */
export async function buildWorkflowBundle(outFile: string): Promise<void> {
  const { code } = await bundleWorkflowCode(workflowBundleOptions());
  await writeFile(outFile, code);
}
