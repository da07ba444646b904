import { types } from 'node:util';

/** What stands in the place of a secret. */
const GONE = '…';

/**
 * What a secret or a person's address looks like wherever it stands, a line of JSON included. Bounded, so that no text takes long.
 * It is the second line of defence: the first is that nobody puts one into a text.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // User and password of a URL, up to the last @, because passwords hold anything.
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'\\]{0,500}@/gi, `$1${GONE}@`],
  // Drizzle's own message: the statement and its values.
  [/(Failed query: )(?:\\.|[^"\\])*/gs, `$1${GONE}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${GONE}`],
  [/\b(ck_|whsec_)[\w+/=-]{6,}/g, `$1${GONE}`],
  [/\b(password|passwd|pwd)=[^\s"'&\\]{1,200}/gi, `$1=${GONE}`],
  [
    /("[\w-]{0,40}(?:authorization|cookie|password|secret|token|api-?key|signature)[\w-]{0,40}":)(?:"(?:\\.|[^"\\])*"|\[[^\]]*\])/gi,
    `$1"${GONE}"`,
  ],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, `${GONE}@${GONE}`],
];

/** The same text with secrets, and e-mail addresses, taken out. For text that leaves the process: log lines, problem documents, messages of the command line. */
export function redact(text: string): string {
  return PATTERNS.reduce((left, [pattern, gone]) => left.replace(pattern, gone), text);
}

/** What is told of an error. */
export interface ToldError {
  type: string;
  message: string;
  code?: string | number;
  /** Where it was thrown, without the message, which a stack repeats. */
  stack?: string;
  cause?: ToldError;
  errors?: ToldError[];
}

/** Deeper than causes go; a circle ends here. */
const DEEPEST = 8;

/**
 * An error as it may be logged: only what is named here, because libraries hang whole requests, their headers, the values of
 * statements and connection strings on their errors.
 */
export function tellError(error: unknown, depth = 0): ToldError {
  if (!isError(error)) return { type: typeof error, message: redact(String(error)) };
  const { name, message, stack, cause } = error;
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  const deeper = (inner: unknown): ToldError => tellError(inner, depth + 1);
  return {
    type: name,
    message: isValueFault(code) ? 'a value is not valid' : redact(message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(stack === undefined ? {} : { stack: framesOf(stack) }),
    ...(cause === undefined || depth >= DEEPEST ? {} : { cause: deeper(cause) }),
    ...(Array.isArray(errors) && depth < DEEPEST ? { errors: errors.slice(0, DEEPEST).map(deeper) } : {}),
  };
}

/** By its nature, not by `instanceof`: the system's errors may come from another realm. */
export function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** SQLSTATE class 22, "Data Exception": the database's message repeats the value. */
function isValueFault(code: unknown): boolean {
  return typeof code === 'string' && /^22[0-9A-Z]{3}$/.test(code);
}

function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
