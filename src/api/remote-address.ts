import { type Request } from 'express';
import { readAddress } from '../integrations/egress/address';

/**
 * The address that a request comes from: behind a trusted proxy the one that the proxy names, else that of the connection. `null`
 * for what is no address, because a proxy repeats whatever it was sent.
 */
export function remoteAddressOf(req: Request): string | null {
  const { ip = '' } = req;
  const known = readBefore.get(ip);
  if (known !== undefined) return known;
  if (readBefore.size >= REMEMBERED) readBefore.clear();
  const address = addressIn(ip);
  readBefore.set(ip, address);
  return address;
}

/** The same few send most, and reading an address takes a twentieth of the whole answer to a webhook. */
const readBefore = new Map<string, string | null>();
const REMEMBERED = 1_000;

function addressIn(text: string): string | null {
  try {
    return readAddress(text).toString();
  } catch {
    return null;
  }
}
