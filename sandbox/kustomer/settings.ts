import { z } from 'zod';

/** What Kustomer does where its documentation is silent or says two things. */
export const KustomerSettings = z.strictObject({
  /** POST of a KObject with an externalId that the Klass already has: two live KObjects, or 409. */
  duplicateExternalId: z.enum(['accept', 'conflict']),
  /** A second customer with the same e-mail. */
  duplicateEmail: z.enum(['accept', 'conflict']),
  /** PUT of a KObject: are custom keys that it leaves out kept? */
  custom: z.enum(['merge', 'replace']),
  /** PUT of metadata: are properties that it leaves out kept? */
  metadata: z.enum(['merge', 'replace']),
  klassConflict: z.union([z.literal(409), z.literal(400)]),
  missingRole: z.union([z.literal(403), z.literal(401)]),
  /** `recorded`: 429 in shape A, everything else in shape B. */
  errorShape: z.enum(['recorded', 'A', 'B']),
  resetHeader: z.enum(['seconds', 'absent']),
  /** How long `GET …/externalId=` goes on showing what was there before a write. */
  readLagMs: z.int().nonnegative(),
  /** Are attributes that the metadata call sensitive shown masked? */
  maskSensitive: z.boolean(),
  /** Kustomer's object rate limiting: updates of one customer or KObject by one key in a minute. */
  updatesPerObjectAndMinute: z.int().positive(),
  createsPerCustomerAndMinute: z.int().positive(),
});
export type KustomerSettings = z.output<typeof KustomerSettings>;

/** Some of them: what is left out stays as it is. */
export const KustomerChange = KustomerSettings.partial();
export type KustomerChange = z.input<typeof KustomerChange>;

/** Of each the value that is hardest on a client, unless the documents speak for the other; the other is worth a test. */
export const DEFAULT_SETTINGS: KustomerSettings = {
  duplicateExternalId: 'accept',
  duplicateEmail: 'conflict',
  custom: 'merge',
  metadata: 'merge',
  klassConflict: 409,
  missingRole: 403,
  errorShape: 'recorded',
  resetHeader: 'seconds',
  readLagMs: 0,
  maskSensitive: false,
  updatesPerObjectAndMinute: 60,
  createsPerCustomerAndMinute: 120,
};
