/**
 * What the global set-up leaves in the environment for the tests: the address of the shared Temporal dev server, the executables of
 * the dev server and of the time-skipping test server, and the workflow bundle (a file).
 */
export type TestVariable =
  'TEST_TEMPORAL_ADDRESS' | 'TEST_TEMPORAL_PATH' | 'TEST_TIME_SKIPPING_PATH' | 'TEST_WORKFLOW_BUNDLE';

/** The value that the global set-up left; throws with the reason when it could not make it. */
export function fromGlobalSetup(variable: TestVariable): string {
  const value = process.env[variable];
  if (value) return value;
  throw new Error(`${variable} is not set. ${process.env[`${variable}_FAILURE`] ?? 'Tests run by jest have it.'}`);
}
