import { type Payload } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { keyOf, type PayloadSeal } from './payload-seal';

/** A payload in the JSON of Temporal's remote codecs: bytes in base64 (docs.temporal.io, "Codec Server"). */
export interface JsonPayload {
  metadata?: Record<string, string> | undefined;
  data?: string | undefined;
}

/** Opens and seals payloads for Temporal's tools, and so for the people who use them. */
export interface RemoteCodec {
  /** What does not open, or whose key the caller may not use, comes back as it is. */
  decode(payloads: readonly JsonPayload[], mayUse: (key: string) => boolean): JsonPayload[];
  /** Under the key of the brand; as they are without one. */
  encode(payloads: readonly JsonPayload[], brand: string | null): JsonPayload[];
}

const { Payload: PayloadMessage } = temporal.api.common.v1;

/** The keys that the sealed ones among these payloads name, each once. They are the sender's words. */
export function keysIn(payloads: readonly JsonPayload[]): string[] {
  const keys = payloads.flatMap((payload) => keyOf(PayloadMessage.fromObject(payload)) ?? []);
  return [...new Set(keys)].sort();
}

export function createRemoteCodec(seal: PayloadSeal): RemoteCodec {
  const asJson = (payload: Payload): JsonPayload =>
    PayloadMessage.toObject(PayloadMessage.create(payload), { bytes: String });
  const open = (json: JsonPayload, mayUse: (key: string) => boolean): JsonPayload => {
    const payload = PayloadMessage.fromObject(json);
    const key = keyOf(payload);
    const opened = key === null || !mayUse(key) ? null : seal.open(key, payload);
    return opened === null ? json : asJson(opened);
  };
  return {
    decode: (payloads, mayUse) => payloads.map((payload) => open(payload, mayUse)),
    encode: (payloads, brand) =>
      payloads.map((json) => (brand === null ? json : asJson(seal.seal(brand, PayloadMessage.fromObject(json))))),
  };
}
