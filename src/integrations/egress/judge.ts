import { readAddress, type AddressRange } from './address';
import { isAllowed } from './allowed';
import { specialKindOf } from './kind';

/** Why an IP address may not be dialled, as the kind of address that it is (`private`, `loopback`, `metadata` …); null when it may. */
export type Judge = (address: string) => string | null;

/** The rule about addresses: public ones, and those that are allowed. */
export function createJudge(allowed: readonly AddressRange[]): Judge {
  return (text) => {
    const address = readAddress(text);
    const kind = specialKindOf(address);
    return kind === null || isAllowed(allowed, address, kind === 'metadata') ? null : kind;
  };
}
