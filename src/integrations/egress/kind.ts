import ipaddr from 'ipaddr.js';
import { isWithin, type Address } from './address';
import { METADATA } from './metadata';

/** All that is handed out for public use of IPv6 (IANA, "IPv6 Global Unicast Address Assignments"). */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** What kind of address it is, in words; null for a plain public one. Ranges without a use are not public. */
export function specialKindOf(address: Address): string | null {
  if (METADATA.some((range) => isWithin(address, range))) return 'metadata';
  const range = address.range();
  if (range !== 'unicast') return range.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return address.kind() === 'ipv4' || isWithin(address, PUBLIC_IPV6) ? null : 'reserved';
}
