import { type z } from 'zod';
import { Problem } from './problem';
import { type Fault } from './views/problem';

/** Parses with a schema, or throws a problem that names every fault. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, root: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidInput(faultsOf(result.error, root));
}

/** 422 with every fault. */
export function invalidInput(errors: Fault[]): Problem {
  return new Problem(
    'invalid-input',
    errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
    { errors },
  );
}

function faultsOf(error: z.ZodError, root: string): Fault[] {
  return error.issues.map(({ path, message }) => ({
    path: [root, ...path.map(String)].filter(Boolean).join('.'),
    message,
  }));
}
