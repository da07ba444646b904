// Lets a plain Node process that a test starts (and kills) run TypeScript: `node --require <this file> some.ts`.
const { transformFileSync } = require('@swc/core');
const { transform } = require('../../jest.config.js');

const [, options] = transform['^.+\\.ts$'];

require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, { ...options, swcrc: false }).code, file);
