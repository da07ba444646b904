import { isIP } from 'node:net';
import { AddressRefused } from './address-refused';
import { type Judge } from './judge';

/** The refusal of a host that is an IP address; null when it may be dialled, and for a name, which is judged when it is dialled. */
export function refusedLiteral(host: string, judge: Judge): AddressRefused | null {
  const kind = isIP(host) === 0 ? null : judge(host);
  return kind === null ? null : new AddressRefused(host, kind);
}

/** The same for a URL, whose parser writes every form of an address (decimal, octal, hex, short) as the address it is. */
export function refusedUrl(url: string, judge: Judge): AddressRefused | null {
  return refusedLiteral(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'), judge);
}
