import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address and how many of its leading bits count. */
export type AddressRange = [base: Address, bits: number];

/** What a translator turns into the IPv4 address in the last four bytes (RFC 6052, section 2.1). */
const TRANSLATED = ipaddr.parseCIDR('64:ff9b::/96');

/**
 * The address that a connection really goes to: IPv4 in the form of IPv6 (mapped, or for the well-known translator) is that
 * IPv4 address. Other forms that carry one (6to4, Teredo) stay what they are. @throws Error for what is no address.
 */
export function readAddress(text: string): Address {
  const address = ipaddr.process(text);
  return isWithin(address, TRANSLATED) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}

/** Reads a range such as `10.1.0.0/16`, or one address; `null` for what is neither. */
export function readRange(text: string): AddressRange | null {
  const cidr = ipaddr.isValid(text) ? `${text}/${ipaddr.parse(text).toByteArray().length * 8}` : text;
  return ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : null;
}

export function isWithin(address: Address, [base, bits]: AddressRange): boolean {
  return address.kind() === base.kind() && address.match(base, bits);
}

/** Whether the range is one address alone. */
export function isSingle([base, bits]: AddressRange): boolean {
  return bits === base.toByteArray().length * 8;
}
