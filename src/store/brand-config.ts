import { z } from 'zod';
import { givenMapping, keptMapping } from './mapping-input';
import { reportRoute } from './report-route';
import { secretInput, secretsInput, secretView, signingSecretsInput } from './secret-input';

/** What a brand is called in addresses, ids and keys. */
export const brandSlug = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -')
  .meta({ description: 'The brand', example: 'acme' });

const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000)
  .refine((url) => !/[?#]|\/\/[^/]*@/.test(url), 'must have no query, no fragment and no user name or password');

const baseUrl = webAddress
  .refine((url) => !/\/v1\/*$/.test(url), 'is given without /v1')
  .overwrite((url) => url.replace(/\/+$/, ''))
  .optional()
  .meta({ description: "In place of the partner's own address, without /v1; points the integration at a simulator." });

const sourceAddresses = z
  .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'must be an IP address or a range such as 192.0.2.0/24'))
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'Addresses and ranges from which webhooks are taken; left out: all.' });

const word = z.string().trim().min(1).max(200);
const hours = z
  .number()
  .positive()
  .max(24 * 366)
  .meta({ description: 'Hours; may be a fraction.' });

// Each section is one shape, read in three ways: as given (secrets kept, replaced or removed), in clear, and as shown.

const orderProtection = <One extends z.ZodType, Many extends z.ZodType>(one: One, many: Many) =>
  z.strictObject({
    apiToken: one,
    webhookSecrets: many,
    sourceAddresses,
    baseUrl,
    confirmApprovals: z
      .boolean()
      .default(true)
      .meta({ description: 'An approval is read back before it leads to a command.' }),
    pollMinutes: z
      .number()
      .min(0)
      .max(10_080)
      .default(15)
      .meta({ description: 'Minutes between sweeps; may be a fraction, 0 switches them off.' }),
    report: reportRoute.default({ via: 'orders' }),
  });

const karla = <Many extends z.ZodType>(many: Many) =>
  z.strictObject({
    shopId: word,
    shopSlug: word,
    webhookSecrets: many,
    sourceAddresses,
    commands: z
      .boolean()
      .default(false)
      .meta({ description: "Whether Karla's decisions may be confirmed into commands by an operator." }),
  });

const kustomer = <One extends z.ZodType, Kept extends z.ZodType>(one: One, mapping: Kept) =>
  z.strictObject({
    org: z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'must be the name in {org}.kustomerapp.com')
      .meta({ example: 'acme' }),
    apiKey: one,
    baseUrl,
    klass: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9_-]{0,99}$/)
      .default('klaim'),
    requestsPerMinute: z
      .number()
      .int()
      .min(60)
      .max(100_000)
      .default(300)
      .meta({ description: "The brand's share of its org's budget, for all workers together." }),
    mapping,
  });

/** As kept: each changed mapping has a number of its own. */
const keptKustomer = <One extends z.ZodType>(one: One) =>
  kustomer(one, keptMapping).extend({ mappingVersion: z.int().min(0).default(0) });

const backend = <Many extends z.ZodType>(signing: Many) => z.strictObject({ url: webAddress, signingSecrets: signing });

const name = word.meta({ example: 'Acme' });
const policy = z
  .strictObject({
    remindAfterHours: hours.default(24),
    escalateAfterHours: hours.default(72),
    quietHours: hours.default(24),
    retentionDays: z.number().positive().max(3_660).default(90),
  })
  .prefault({});

/**
 * The body of `PUT /v1/brands/{brand}`. It replaces everything but secrets. A section left out is switched off and its secrets
 * wait for its return; a section that is `null` is switched off and its secrets are removed.
 * Whether an address may be dialled is no question of form: see {@link addressesOf}.
 */
export const brandInput = z
  .strictObject({
    name,
    orderProtection: orderProtection(secretInput, secretsInput).nullish(),
    karla: karla(secretsInput).nullish(),
    kustomer: kustomer(secretInput, givenMapping).nullish(),
    backend: backend(signingSecretsInput).nullish(),
    policy,
  })
  .meta({ id: 'BrandInput' });
export type BrandInput = z.output<typeof brandInput>;

const clear = z.string().nullable();
const clearList = z.array(z.string());

/** A brand as the program uses it: all defaults applied, secrets in clear (`null` or an empty list where none is set). Never logged, never answered. */
export const brandConfig = z.strictObject({
  name,
  orderProtection: orderProtection(clear, clearList).nullable(),
  karla: karla(clearList).nullable(),
  kustomer: keptKustomer(clear).nullable(),
  backend: backend(clearList).nullable(),
  policy,
});
export type BrandConfig = z.output<typeof brandConfig>;

const shown = secretView.nullable();
const shownList = z.array(secretView);

/** A brand as it is answered: each secret as set, last four and since when. */
export const brandView = z.strictObject({
  name,
  orderProtection: orderProtection(shown, shownList).nullable(),
  karla: karla(shownList).nullable(),
  kustomer: keptKustomer(shown).nullable(),
  backend: backend(shownList).nullable(),
  policy,
});
export type BrandView = z.output<typeof brandView>;

/** Every address that a configuration gives, with its place in it: what the rule about forbidden addresses is applied to. */
export function addressesOf(
  config: Pick<BrandInput, 'orderProtection' | 'kustomer' | 'backend'>,
): { path: string[]; url: string }[] {
  return [
    { path: ['orderProtection', 'baseUrl'], url: config.orderProtection?.baseUrl },
    { path: ['kustomer', 'baseUrl'], url: config.kustomer?.baseUrl },
    { path: ['backend', 'url'], url: config.backend?.url },
  ].flatMap(({ path, url }) => (url === undefined ? [] : [{ path, url }]));
}
