import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Webhook } from '../webhook';

/** How far Karla's clock may be from ours, either way: what Karla's own receiver allows. */
const TOLERANCE_SECONDS = 300;

interface Signature {
  /** Unix seconds, as they were written and signed. */
  time: string;
  digests: Buffer[];
}

/**
 * Whether one of the secrets signed this body at about this time (Karla, "Webhooks"): `Karla-Signature: t=<unix seconds>,v1=<hex>`,
 * HMAC-SHA256 over the time, a full stop and the bytes of the body. Of several `v1` one is enough.
 */
export function isSigned({ header, body, receivedAt }: Webhook, secrets: readonly string[]): boolean {
  const signature = readSignature(header('karla-signature'));
  if (signature === null) return false;
  const { time, digests } = signature;
  if (Math.abs(receivedAt.getTime() - Number(time) * 1_000) > TOLERANCE_SECONDS * 1_000) return false;
  const expected = secrets.map((secret) => createHmac('sha256', secret).update(`${time}.`).update(body).digest());
  // All are compared: time tells nothing.
  const matches = expected.flatMap((one) => digests.filter((digest) => timingSafeEqual(one, digest)));
  return matches.length > 0;
}

/** `null` when a part is missing or is none. */
function readSignature(header: string | undefined): Signature | null {
  const parts = (header ?? '').split(',').map((part): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  });
  const times = parts.flatMap(([name, value]) => (name === 't' && /^\d{1,12}$/.test(value) ? [value] : []));
  const digests = parts.flatMap(([name, value]) =>
    name === 'v1' && /^[0-9a-f]{64}$/i.test(value) ? [Buffer.from(value, 'hex')] : [],
  );
  const [time] = times;
  return time === undefined || times.length > 1 || digests.length === 0 ? null : { time, digests };
}
