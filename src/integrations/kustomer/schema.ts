import { z } from 'zod';
import { type HttpReply } from '../http';
import { PartnerError } from '../partner-error';
import { PARTNER } from './failure';

/** Unset attributes are left out of real replies and null in the documentation's samples. */
const klaimResource = z
  .object({
    id: z.string().min(1),
    attributes: z.object({
      externalId: z.string().nullish(),
      title: z.string().nullish(),
      description: z.string().nullish(),
      custom: z.record(z.string(), z.unknown()).nullish(),
      data: z.record(z.string(), z.unknown()).nullish().catch(null),
      createdAt: z.string(),
      rev: z.number(),
    }),
    relationships: z
      .object({ customer: z.object({ data: z.object({ id: z.string().min(1) }).nullish() }).nullish() })
      .nullish(),
  })
  .transform(({ id, attributes, relationships }) => ({
    id,
    externalId: attributes.externalId ?? null,
    title: attributes.title ?? '',
    description: attributes.description ?? '',
    custom: attributes.custom ?? {},
    data: attributes.data ?? {},
    createdAt: attributes.createdAt,
    rev: attributes.rev,
    /** Not every reply says whose the Klaim is. */
    customerId: relationships?.customer?.data?.id ?? null,
  }));

/** A Klaim as Kustomer has it; `rev` grows with each change. */
export type StoredKlaim = z.output<typeof klaimResource>;

export const klaimReply = z.object({ data: klaimResource });
export const klaimsReply = z.object({
  data: z.array(klaimResource),
  links: z.object({ next: z.string().nullish() }).nullish(),
});

export const customerReply = z.object({ data: z.object({ id: z.string().min(1) }) });

const end = z.object({ data: z.object({ id: z.string() }) });
export const mergesReply = z.object({
  data: z.array(z.object({ relationships: z.object({ source: end, target: end }) })),
});

/** Reads what is used of a reply. @throws PartnerError `unavailable`: what was done is as unsure as without an answer. */
export function read<S extends z.ZodType>(schema: S, what: string, reply: HttpReply): z.output<S> {
  const parsed = schema.safeParse(json(reply.body));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map(({ path }) => path.join('.') || 'the body');
  throw new PartnerError(
    PARTNER,
    'unavailable',
    `${what} was answered ${reply.status} and cannot be read at ${paths.join(', ')}`,
  );
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
