import { type Request } from 'express';
import { readAddress } from '../integrations/egress/address';

/**
 * The address that a request comes from: behind a trusted proxy the one that the proxy names, else that of the connection. `null`
 * for what is no address, because a proxy repeats whatever it was sent.
 */
export function remoteAddressOf(req: Request): string | null {
  try {
    return readAddress(req.ip ?? '').toString();
  } catch {
    return null;
  }
}
