import { commandInstead, replaceOlder, uncommanded } from '../commit';
import { READY } from '../lane';
import { isMore, moneyOf, type Money } from '../money';
import { partKey, readDecision, ruleOf, termsOf, type Proposal } from '../proposals';
import { isKnownKind, type Resolution, type Terms } from '../resolution';
import { type ClaimState } from '../state';
import { withdraw } from '../withdraw';
import { note, type Refusal, type ResolutionRuling } from './ruling';

export interface OverrideRuling extends ResolutionRuling {
  kind: string;
  /** A refund's money; left out, it is what was approved. */
  amount?: Money;
}

/** What the brand has done cannot be undone by other terms; and terms have to be such that they can be carried out. */
export function refusalToOverride(state: ClaimState, ruling: OverrideRuling, now: string): Refusal {
  if (state.closed !== null) return 'the claim is closed: nothing new is commanded';
  if (ruleOf(state) === 'shown') return "approvals of the claim's source are only shown: nothing is commanded";
  const old = targetOf(state, ruling.resolutionId, now);
  return old === null
    ? `there is no resolution ${ruling.resolutionId}`
    : (refusalOf(state, old) ?? refusalOfTerms(old, ruling));
}

function refusalOf({ questions }: ClaimState, { id, progress }: Resolution): Refusal {
  switch (progress.state) {
    case 'contested':
    case 'commanded':
    case 'declined':
      return null;
    case 'withdrawn':
      if (progress.answer !== null) return `the brand has answered resolution ${id} (${progress.answer.outcome})`;
      return questions.some(({ resolutionId }) => resolutionId === id) ? null : `resolution ${id} is withdrawn`;
    case 'answered':
    case 'reported':
      return `the brand has answered resolution ${id} (${progress.answer.outcome}): what is done stays done`;
  }
}

function refusalOfTerms(old: Resolution, ruling: OverrideRuling): Refusal {
  const { kind } = ruling;
  if (!isKnownKind(kind)) return 'kind must be "refund" or "reship"';
  if (kind === 'reship') {
    if (ruling.amount !== undefined) return 'a reship has no amount';
    return old.items.length === 0 ? `resolution ${old.id} names no items to ship again` : null;
  }
  if (ruling.amount !== undefined && amountIn(ruling) === null)
    return 'amount must be money such as { "amount": "28.62", "currency": "USD" }';
  const amount = amountIn(ruling) ?? old.amount;
  if (amount === null) return 'a refund needs an amount: none was approved';
  return isMore(amount, { ...amount, amount: '0' }) ? null : 'amount must be more than nothing';
}

/**
 * Other terms for the same lines: the resolution is withdrawn and a new one commanded, under the next ordinal and so a new id. The
 * brand is told of the withdrawal first. Should it turn out to have carried out the old one, the new one is taken back
 * (`carriedOutAfterAll`).
 */
export function overrideResolution(state: ClaimState, ruling: OverrideRuling, now: string): ClaimState {
  const old = targetOf(state, ruling.resolutionId, now);
  if (old === null) return state;
  const { begun, replaced } = setAside(state, old, now);
  const instead = commandInstead(begun, old, termsInstead(state, old, ruling), replaced, now);
  const { id, kind, amount } = instead;
  const money = amount === null ? '' : ` of ${amount.amount} ${amount.currency}`;
  const lanes = { ...begun.lanes, command: READY };
  const next = { ...begun, lanes, resolutions: [...begun.resolutions, instead] };
  return note(next, `resolution ${old.id} overridden by ${kind} ${id}${money}`, ruling, now);
}

/** The resolution as it stands; a proposal as one that nobody was told of. */
function targetOf(state: ClaimState, resolutionId: string, now: string): Resolution | null {
  const proposal = proposalOf(state, resolutionId);
  if (proposal !== undefined) return uncommanded(proposal, state, now);
  return state.resolutions.find(({ id }) => id === resolutionId) ?? null;
}

function proposalOf(state: ClaimState, resolutionId: string): Proposal | undefined {
  return readDecision(state).proposals.find(({ id }) => id === resolutionId);
}

/** The claim without the resolution. One that was only proposed takes older commands with it, as it would have had it been accepted. */
function setAside(state: ClaimState, old: Resolution, now: string): { begun: ClaimState; replaced: string[] } {
  const questions = state.questions.filter(({ resolutionId }) => resolutionId !== old.id);
  const proposal = proposalOf(state, old.id);
  if (proposal === undefined || state.decision === null) {
    const resolutions = state.resolutions.map((one) => (one.id === old.id ? withdrawOrEnd(one, now) : one));
    return { begun: { ...state, questions, resolutions }, replaced: [] };
  }
  const { resolutions, replaced } = replaceOlder(state, old.decisionKey, now);
  const dealt = [...state.dealt, partKey(state.decision, proposal.index)].sort();
  return { begun: { ...state, questions, dealt, resolutions: [...resolutions, withdraw(old, now)] }, replaced };
}

/** Of what the brand itself has declined, it need not be told. */
function withdrawOrEnd(old: Resolution, now: string): Resolution {
  if (old.progress.state !== 'declined') return withdraw(old, now);
  const { reason, answeredAt } = old.progress;
  const answer = { outcome: 'declined' as const, reason };
  return { ...old, progress: { state: 'withdrawn', withdrawnAt: now, toldAt: now, answer, answeredAt } };
}

function termsInstead(state: ClaimState, old: Terms, ruling: OverrideRuling): Terms {
  const { kind } = ruling;
  const { items } = old;
  const address = old.shippingAddress ?? old.unconfirmedAddress;
  const amount = kind === 'refund' ? (amountIn(ruling) ?? old.amount) : null;
  const decided = {
    kind,
    items,
    ...(amount === null ? {} : { amount }),
    ...(address === null ? {} : { shippingAddress: address }),
  };
  return termsOf(decided, state);
}

function amountIn({ amount }: OverrideRuling): Money | null {
  return moneyOf(amount?.amount, amount?.currency) ?? null;
}
