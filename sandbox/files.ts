import { join } from 'node:path';

/** Where the sandbox keeps everything: all of it together is one state, so a restart goes on and deleting the folder begins anew. */
export const filesIn = (dataDir: string) => ({
  secrets: join(dataDir, 'sandbox', 'secrets.json'),
  temporal: join(dataDir, 'sandbox', 'temporal.db'),
  kustomer: join(dataDir, 'sandbox', 'kustomer.json'),
  orderProtection: join(dataDir, 'sandbox', 'order-protection.json'),
  brandBackend: join(dataDir, 'sandbox', 'brand-backend.json'),
  karla: join(dataDir, 'sandbox', 'karla.json'),
  /** Where a running sandbox can be reached: what `npm run demo` reads. */
  addresses: join(dataDir, 'sandbox', 'addresses.json'),
});
