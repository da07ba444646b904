import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** The sandbox's own secrets. Production takes its own from the environment. */
const secrets = z.object({
  masterKey: z.string(),
  adminToken: z.string(),
  orderProtectionToken: z.string(),
  webhookSecret: z.string(),
  kustomerKey: z.string(),
  signingSecret: z.string(),
  /** One that was kept before there was Karla lacks it. */
  karlaSecret: z.string().default(() => `sandbox-karla-${random(12)}`),
  /** The token with which the demo brand's backend answers; null until it is minted. */
  backendToken: z.string().nullable(),
});
export type Secrets = z.infer<typeof secrets>;

/** The kept secrets, made on the first start. */
export async function loadSecrets(file: string): Promise<Secrets> {
  try {
    return secrets.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(`${file} cannot be read: delete .data to begin anew`, { cause: error });
  }
  const made: Secrets = {
    masterKey: randomBytes(32).toString('base64'),
    adminToken: `sandbox-admin-${random(18)}`,
    orderProtectionToken: `sandbox-op-${random(12)}`,
    webhookSecret: `sandbox-webhook-${random(12)}`,
    kustomerKey: `sandbox-kustomer-${random(12)}`,
    signingSecret: `whsec_${randomBytes(24).toString('base64')}`,
    karlaSecret: `sandbox-karla-${random(12)}`,
    backendToken: null,
  };
  await saveSecrets(file, made);
  return made;
}

/** Keeps them, readable by this user only. */
export async function saveSecrets(file: string, value: Secrets): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
