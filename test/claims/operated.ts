import { type Answer } from '../../src/claims/answer';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { answerSettled, answerSignalled } from '../../src/claims/outcome';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, aReading, NOW, REFUND } from './events';

/** Who operates on the claims of the tests. */
export const RULING = { actor: 'ops@brand', reason: 'looked at it' };

export const REFUNDED: Answer = { outcome: 'refunded', amount: '28.62', currency: 'USD' };
export const DECLINED: Answer = { outcome: 'declined', reason: 'out of stock' };

/** A claim whose approval was read back: one refund, not sent yet. */
export function commandedClaim(resolutions: object[] = [REFUND]): ClaimState {
  const approval = anEvent('approved', 'b', { claim: { resolutions: resolutions as never } });
  const approved = hear(aClaim(), approval, [], NOW);
  return commitReady(readBack(approved, aReading({ resolutions: resolutions as never }), approved.unread, NOW), NOW);
}

/** The ledger has accepted the brand's answer to this resolution (the first, unless said), and the claim has heard of it. */
export function answered(
  state: ClaimState,
  answer: Answer = REFUNDED,
  resolutionId = state.resolutions[0]?.id ?? '',
): ClaimState {
  const completion = { resolutionId, ...answer };
  return answerSettled(answerSignalled(state, completion), completion, { accepted: true, answeredAt: NOW }, NOW);
}
