#!/usr/bin/env node
import { benchCommand } from './command';
import { AXES } from './growth';
import { ROWS } from './rows';

// So that what was started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

benchCommand(ROWS, AXES)
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  });
