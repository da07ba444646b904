import { isWithin, readAddress, readRange } from '../integrations/egress/address';

/** Whether a sender's address is one of those that a brand allows; without a list every address is. What cannot be read is in no list. */
export function isAllowedSource(allowed: readonly string[] | undefined, remoteAddress: string | null): boolean {
  if (allowed === undefined) return true;
  if (remoteAddress === null) return false;
  const address = readAddress(remoteAddress);
  return allowed.some((text) => {
    const range = readRange(text);
    return range !== null && isWithin(address, range);
  });
}
