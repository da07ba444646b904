import { readAllowed } from '../../src/integrations/egress/allowed';
import { type AddressRange } from '../../src/integrations/egress/address';
import { createEgressDispatcher } from '../../src/integrations/egress/dispatcher';
import { createJudge } from '../../src/integrations/egress/judge';
import { createHttp, type Http } from '../../src/integrations/http';
import { SIMULATORS_RANGES } from '../../sandbox/simulators';

/** Ranges as CLAIMKEEPER_EGRESS_ALLOW has them. */
export function allowing(ranges: string): AddressRange[] {
  return ranges.split(',').map((text) => {
    const range = readAllowed(text);
    if (!Array.isArray(range)) throw new Error(range.fault);
    return range;
  });
}

/** The door to the outside as the sandbox has it: partners on loopback may be dialled. */
export const loopbackHttp = (): Http => createHttp(createEgressDispatcher(createJudge(allowing(SIMULATORS_RANGES))));
