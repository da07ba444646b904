import { join } from 'node:path';

/** Beside this file, in the sources and in the build alike. */
export const MIGRATIONS = join(__dirname, 'migrations');
