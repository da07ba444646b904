import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Where a running sandbox is reached, and the token that may do everything in it. */
const addresses = z.object({
  api: z.string(),
  adminToken: z.string(),
  brand: z.string(),
  webhookSecret: z.string(),
  temporal: z.string(),
  temporalUi: z.string().nullable(),
  kustomer: z.string(),
  orderProtection: z.string(),
  brandBackend: z.string(),
  karla: z.string(),
});
export type Addresses = z.infer<typeof addresses>;

/** Leaves word for other processes. */
export async function writeAddresses(file: string, value: Addresses): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** The addresses of the running sandbox. Throws with the command that starts one. */
export async function readAddresses(file: string): Promise<Addresses> {
  try {
    return addresses.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new Error('No sandbox is running here: start one in another terminal with  npm start', { cause: error });
  }
}
