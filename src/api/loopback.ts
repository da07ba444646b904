import { type Request } from 'express';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/**
 * Whether a request comes from this machine, and from no web page but those that are allowed: a page that a browser here has open
 * could otherwise call by a name that it lets point here.
 */
export function isFromThisMachine(req: Request, allowedOrigins: readonly string[]): boolean {
  const origin = req.get('origin');
  return LOOPBACK.test(req.socket.remoteAddress ?? '') && (origin === undefined || allowedOrigins.includes(origin));
}
