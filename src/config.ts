import { z } from 'zod';
import { readRange, type AddressRange } from './integrations/egress/address';
import { readAllowed } from './integrations/egress/allowed';
import { redact } from './redact';

/** A variable that is set to nothing is not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const masterKeys = z
  .string({
    error: 'is required: one or more keys of 32 bytes in base64, comma-separated (make one: openssl rand -base64 32)',
  })
  .transform((value) => value.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
  .refine(
    (keys) => keys.every((key) => key.length === 32),
    'each key must be 32 bytes in base64 (make one: openssl rand -base64 32)',
  );

const webAddress = (error: string) =>
  z.url({ protocol: /^https?$/, error }).transform((url) => url.replace(/\/+$/, ''));

const origins = z
  .string()
  .transform((value) => value.split(',').map((origin) => origin.trim()))
  .refine(
    (values) => values.every((value) => URL.canParse(value) && new URL(value).origin === value),
    'must be origins as browsers send them, comma-separated: scheme, host and port if unusual, no slash at the end (https://temporal.example)',
  );

const addressRanges = z
  .string()
  .default('')
  .transform((value, { addIssue }) =>
    value
      .split(',')
      .map((range) => range.trim())
      .filter((range) => range !== '')
      .flatMap((text) => {
        const range = readAllowed(text);
        if (Array.isArray(range)) return [range];
        addIssue(range.fault);
        return [];
      }),
  );

/** Proxies in front of this service. One range for everybody would let every caller say from where it comes. */
const proxies = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((range) => range.trim())
      .filter((range) => range !== ''),
  )
  .refine(
    (ranges) => ranges.every((text) => (readRange(text)?.[1] ?? 0) > 0),
    'must be addresses or ranges, comma-separated, such as 10.0.0.0/8; one that takes in every address is not allowed',
  );

/** All that the program takes from its environment; `TEMPORAL_*` is read by Temporal's own loader. */
const environment = z.object({
  DATABASE_URL: optional(
    z
      .url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL, its user and password percent-encoded' })
      .optional(),
  ),
  CLAIMKEEPER_DATA_DIR: optional(z.string().default('.data')),
  CLAIMKEEPER_MASTER_KEYS: optional(masterKeys),
  CLAIMKEEPER_ADMIN_TOKEN: optional(
    z
      .string({ error: 'is required: at least 20 characters, chosen at random' })
      .min(20, 'must have at least 20 characters')
      .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks, because it goes into a header'),
  ),
  CLAIMKEEPER_PUBLIC_URL: optional(
    webAddress('is required: the http(s) address under which brands reach this service'),
  ),
  CLAIMKEEPER_TEMPORAL_UI_URL: optional(webAddress('must be an http(s) address').optional()),
  CLAIMKEEPER_CODEC_ORIGINS: optional(origins.optional()),
  CLAIMKEEPER_EGRESS_ALLOW: optional(addressRanges),
  CLAIMKEEPER_TRUSTED_PROXIES: optional(proxies),
  PORT: optional(z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).default(8_080)),
  CLAIMKEEPER_WORKER_PORT: optional(z.coerce.number({ error: 'must be a number' }).int().min(0).max(65_535).optional()),
  LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info')),
});

/** The configuration of one process. */
export interface Config {
  databaseUrl: string | null;
  dataDir: string;
  masterKeys: Buffer[];
  adminToken: string;
  publicUrl: string;
  temporalUiUrl: string | null;
  codecOrigins: string[];
  /** What may be dialled besides public addresses. */
  egressAllow: AddressRange[];
  /** Address ranges of the proxies in front, whose word for the caller's address is taken. */
  trustedProxies: string[];
  port: number;
  /** Where a process that only works answers probes and scrapes; null for nowhere. */
  workerPort: number | null;
  logLevel: string;
}

/** What is wrong with the environment: every fault with its variable, in one message. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads the environment once, at start. @throws ConfigError that lists all faults. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const values = read(environment, env);
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: values.CLAIMKEEPER_DATA_DIR,
    masterKeys: values.CLAIMKEEPER_MASTER_KEYS,
    adminToken: values.CLAIMKEEPER_ADMIN_TOKEN,
    publicUrl: values.CLAIMKEEPER_PUBLIC_URL,
    temporalUiUrl: values.CLAIMKEEPER_TEMPORAL_UI_URL ?? null,
    codecOrigins: values.CLAIMKEEPER_CODEC_ORIGINS ?? [],
    egressAllow: values.CLAIMKEEPER_EGRESS_ALLOW,
    trustedProxies: values.CLAIMKEEPER_TRUSTED_PROXIES,
    port: values.PORT,
    workerPort: values.CLAIMKEEPER_WORKER_PORT ?? null,
    logLevel: values.LOG_LEVEL,
  };
}

/** Where a command finds the service that it asks, and with which token. @throws ConfigError that lists all faults. */
export function loadServiceAddress(env: NodeJS.ProcessEnv): { url: string; token: string } {
  const { CLAIMKEEPER_PUBLIC_URL, CLAIMKEEPER_ADMIN_TOKEN } = read(
    environment.pick({ CLAIMKEEPER_PUBLIC_URL: true, CLAIMKEEPER_ADMIN_TOKEN: true }),
    env,
  );
  return { url: CLAIMKEEPER_PUBLIC_URL, token: CLAIMKEEPER_ADMIN_TOKEN };
}

function read<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.output<S> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new ConfigError(redact(['The environment is not complete (see .env.example):', ...new Set(faults)].join('\n')));
}
