import type { Promised } from '../plan/faults';
import type { ClaimPlan } from '../plan/claim';
import { nothingLost } from './p1-nothing-lost';
import { oneKlaim } from './p2-one-klaim';
import { oneCommand } from './p3-one-command';
import { noUnsignedWord } from './p4-no-unsigned-word';
import { oneAnswer } from './p5-one-answer';
import { noHoldUp } from './p6-no-hold-up';
import type { Records } from './records';
import { missing, type Finding, type Violation } from './violation';

const CHECKS: Readonly<Record<Promised, { promise: string; check: (records: Records) => Finding }>> = {
  P1: { promise: 'nothing received is lost', check: nothingLost },
  P2: { promise: 'one Klaim per claim, the latest state', check: oneKlaim },
  P3: { promise: 'one command per resolution', check: oneCommand },
  P4: { promise: 'no money on an unsigned word', check: noUnsignedWord },
  P5: { promise: 'one answer per resolution', check: oneAnswer },
  P6: { promise: 'a partner that is down holds up nobody else', check: noHoldUp },
};

/** What came of one promise. */
export interface Proof {
  id: Promised;
  promise: string;
  checked: string;
  count: number;
  violations: Violation[];
}

/** Holds the records against the promises, and against the plan: what was to be sent and was not proves nothing. */
export function check(records: Records, sent: readonly ClaimPlan[]): Proof[] {
  return (Object.keys(CHECKS) as Promised[]).map((id) => {
    const { promise, check: checked } = CHECKS[id];
    const { violations, ...finding } = checked(records);
    const all = id === 'P1' ? [...violations, ...unfiled(records, sent)] : violations;
    return { id, promise, ...finding, violations: all.map((violation) => ({ promise: id, ...violation })) };
  });
}

function unfiled({ claims }: Records, sent: readonly ClaimPlan[]): Finding['violations'] {
  const filed = new Map(claims.map((claim) => [claim.id, claim]));
  return sent.flatMap(({ claimId, story, messages }) => {
    const claim = filed.get(claimId);
    if (claim === undefined) return [missing(claimId, 'it was to be filed, and Order Protection does not have it')];
    const isWhole = claim.resolutions.length === RESOLUTIONS[story] && claim.messages.length >= messages.length;
    return isWhole ? [] : [missing(claimId, 'its senders have not done all that they were to do')];
  });
}

/** How many resolutions Order Protection has on record when a story is over. */
const RESOLUTIONS: Readonly<Record<ClaimPlan['story'], number>> = {
  refund: 1,
  reship: 1,
  split: 2,
  denied: 0,
  forged: 0,
  lateDenial: 1,
};
