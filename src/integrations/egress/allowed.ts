import ipaddr from 'ipaddr.js';
import { isSingle, isWithin, readRange, type AddressRange } from './address';
import { METADATA } from './metadata';

/** What somebody's own network is made of. Everything else is either public, and needs no permission, or no place to send anything to. */
const OWN_NETWORKS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];
const ALLOWABLE = [...OWN_NETWORKS.map((range) => ipaddr.parseCIDR(range)), ...METADATA];

/**
 * Reads a range that may be dialled although it is not public, such as `10.1.0.0/16` or one address. It has to lie within a
 * range of somebody's own network, so that one that takes in everything cannot be written. Gives what is wrong with it otherwise.
 */
export function readAllowed(text: string): AddressRange | { fault: string } {
  const range = readRange(text);
  if (range === null) return { fault: `"${text}" is no address range such as 10.1.0.0/16 or fd12::/16` };
  const isAllowable = ALLOWABLE.some((block) => range[1] >= block[1] && isWithin(range[0], block));
  if (isAllowable) return range;
  return {
    fault: `"${text}" is not within one of ${OWN_NETWORKS.join(', ')}: public addresses need no permission, and nothing else is dialled`,
  };
}

/** Whether one of the ranges lets the address be dialled. A metadata address is let through only by a range of its own. */
export function isAllowed(allowed: readonly AddressRange[], address: AddressRange[0], isMetadata: boolean): boolean {
  return allowed.some((range) => isWithin(address, range) && (!isMetadata || isSingle(range)));
}
