/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: { target: 'es2023', parser: { syntax: 'typescript' }, keepClassNames: true },
      },
    ],
  },
  setupFilesAfterEnv: ['<rootDir>/test/support/contract/hold.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  // A test waits on conditions of real servers; this is only the bound on a hang.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Each test file loads the Temporal SDK anew: give the memory back now and then.
  workerIdleMemoryLimit: '1GB',
};
