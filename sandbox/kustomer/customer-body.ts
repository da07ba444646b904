import { z } from 'zod';

import { Custom, DateTime, Id, Tags, text, Uri } from './fields';

const upToTen = <Schema extends z.ZodType>(entry: Schema) => z.array(entry).max(10).optional();
const Verified = { verified: z.boolean().optional() };

const Email = z.strictObject({
  email: text(256, 1).regex(/^[^\s@]+@[^\s@]+$/, 'is no e-mail address'),
  type: z.enum(['home', 'work', 'other']).optional(),
  ...Verified,
});
const Phone = z.strictObject({
  phone: text(64, 1),
  type: z.enum(['mobile', 'home', 'work', 'fax', 'other']).optional(),
  ...Verified,
});
const Whatsapp = z.strictObject({ phone: text(64, 1), type: z.enum(['mobile']).optional(), ...Verified });
const ExternalId = z.strictObject({ externalId: text(255, 1), ...Verified });
const Anything = z.looseObject({});

/** Create and update customer: everything optional, unknown keys refused (Kustomer, "Create customer"). */
export const CustomerBody = z.strictObject({
  name: text(256).nullable().optional(),
  externalId: text(256, 1).nullable().optional(),
  externalIds: upToTen(ExternalId),
  sharedExternalIds: upToTen(ExternalId),
  emails: upToTen(Email),
  sharedEmails: upToTen(Email),
  phones: upToTen(Phone),
  sharedPhones: upToTen(Phone),
  whatsapps: upToTen(Whatsapp),
  socials: upToTen(Anything),
  facebookIds: upToTen(Anything),
  instagramIds: upToTen(Anything),
  urls: upToTen(Anything),
  locations: upToTen(Anything),
  username: text(256).nullable().optional(),
  avatarUrl: Uri.nullable().optional(),
  locale: text(16).nullable().optional(),
  timeZone: text(64).nullable().optional(),
  defaultLang: text(100).nullable().optional(),
  gender: z.enum(['m', 'f']).nullable().optional(),
  birthdayAt: DateTime.nullable().optional(),
  signedUpAt: DateTime.nullable().optional(),
  lastSeenAt: DateTime.nullable().optional(),
  lastActivityAt: DateTime.nullable().optional(),
  lastCustomerActivityAt: DateTime.nullable().optional(),
  company: Id.nullable().optional(),
  tags: Tags.optional(),
  custom: Custom.optional(),
  createdAt: DateTime.optional(),
  importedAt: DateTime.optional(),
  rev: z.number().optional(),
});
export type CustomerBody = z.output<typeof CustomerBody>;

export const MergeBody = z.strictObject({ source: Id, target: Id });
