import { z } from 'zod';

/** A secret as it is given: left out, what is stored stays; `null` removes it. */
const keepable = <T extends z.ZodType>(secret: T) => secret.nullable().optional();

const secret = z
  .string()
  .min(1)
  .max(8_192)
  .regex(/^[\x21-\x7e]+$/, 'must be printable characters without spaces')
  .meta({ description: 'Write-only. Left out: what is stored stays. null: it is removed.', writeOnly: true });

/** Standard Webhooks: a key of 24 to 64 bytes in base64 behind `whsec_`. */
const signingSecret = secret.refine((text) => {
  const [, base64] = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(text) ?? [];
  const bytes = base64 === undefined ? 0 : Buffer.from(base64, 'base64').length;
  return bytes >= 24 && bytes <= 64;
}, 'must be whsec_ and 24 to 64 bytes in base64');

const several = <T extends z.ZodType>(one: T) =>
  z
    .array(one)
    .max(5)
    .meta({ description: 'Write-only, all valid at once, so that they can be rotated. A list replaces the list.' });

export const secretInput = keepable(secret);
export const secretsInput = keepable(several(secret));
export const signingSecretsInput = keepable(several(signingSecret));

/** What is shown of a secret. `lastFour` is null for a short one. */
export const secretView = z.strictObject({
  set: z.literal(true),
  lastFour: z.string().nullable(),
  since: z.iso.datetime(),
});
export type SecretView = z.infer<typeof secretView>;
