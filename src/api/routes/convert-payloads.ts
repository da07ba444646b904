import { z } from 'zod';
import { brandSlug } from '../../store/brand-config';
import { keysIn, type JsonPayload } from '../../temporal/remote-codec';
import { type Access } from '../access';
import { route } from '../route';

/** Under this path is the codec server: the address that Temporal's tools are given. */
export const CODEC_PATH = '/codec';

/** Open, because payloads come back with whatever they came with. */
const payloads = z.array(
  z.looseObject({ metadata: z.record(z.string(), z.base64()).optional(), data: z.base64().optional() }),
);

/** Temporal's tools leave `payloads` out when there are none. */
const body = z.looseObject({ payloads: payloads.default([]) });

/** What comes back. */
const converted: z.ZodType<JsonPayload[]> = payloads;

/** One half of Temporal's remote codec (docs.temporal.io, "Codec Server"). */
const half = {
  method: 'post',
  requires: 'operate',
  opensOnLoopback: true,
  isLook: true,
  answers: { 200: z.strictObject({ payloads: converted }) },
  problems: [],
  body,
} as const;

/** The names of keys come from the caller: what they may not open is neither opened nor noted. */
const mayOpen = ({ brand }: Access, key: string): boolean => brand === null || brand === key;

/** What Temporal Web and the `temporal` command line send before they show payloads. */
export const decodePayloads = route({
  ...half,
  name: 'decodePayloads',
  path: `${CODEC_PATH}/decode`,
  summary: "Opens sealed payloads; those of another brand than the token's come back as they are",
  noted: ({ payloads }, access) => ({
    brands: keysIn(payloads).filter((key) => mayOpen(access, key) && brandSlug.safeParse(key).success),
  }),
  handle: async ({ body: { payloads }, access }, { codec }) => ({
    status: 200,
    json: { payloads: codec.remote.decode(payloads, (key) => mayOpen(access, key)) },
  }),
});

/** What the `temporal` command line sends before it sends any. */
export const encodePayloads = route({
  ...half,
  name: 'encodePayloads',
  path: `${CODEC_PATH}/encode`,
  summary: "Seals payloads for the token's brand; without a brand they come back as they are, which workflows take too",
  handle: async ({ body: { payloads }, access: { brand } }, { codec }) => ({
    status: 200,
    json: { payloads: codec.remote.encode(payloads, brand) },
  }),
});
