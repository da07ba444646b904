import { addressAgrees, agreement, complete } from './agreement';
import { isStanding } from './decide';
import { type Address, type DecidedResolution } from './event';
import { known } from './facts';
import { grantedBy } from './granted';
import { later } from './lane';
import { type Rival } from './loss';
import {
  isKnownKind,
  resolutionId,
  sameMatter,
  UNSPECIFIED,
  type Approved,
  type Resolution,
  type Terms,
} from './resolution';
import { sameMoney, type Money } from './money';
import { waysOf, type ApprovalRule } from './sources';
import { type ClaimState, type Decision } from './state';
import { isWithdrawnInVain } from './withdraw';

/** Why a proposal is not commanded: it waits for the read-back, or for an operator's word; `held`: for nothing else. */
export type Block = 'confirming' | 'operator' | 'contradiction' | 'unknownResolution' | 'held';

/** A resolution that the newest approval asks for and that has not been commanded. */
export interface Proposal extends Terms {
  id: string;
  ordinal: number;
  decisionKey: string;
  index: number;
  block: Block | null;
  /** Claims of other sources that were approved for the same loss. */
  rivals: Rival[];
}

/** What an approval asks for, and which parts of it are there already. */
export interface Reading {
  proposals: Proposal[];
  /** Indexes of the parts that earlier commands already cover, and the resolution that covers each. */
  covered: { index: number; by: string }[];
}

/** An approval whose resolutions neither its event nor a read has named: it is waited for, and in the end asked about. */
const NOT_YET_SAID: DecidedResolution = { kind: UNSPECIFIED };

/** How long an approval may stay unconfirmed before an operator is asked to look. */
const UNCONFIRMED_AFTER_SECONDS = 3_600;

/** When an approval that is still not confirmed asks for an operator. */
export function unconfirmedAt(decision: Decision): string {
  return later(decision.heardAt, UNCONFIRMED_AFTER_SECONDS);
}

/** The key of one part of a decision. */
export function partKey(decision: Decision, index: number): string {
  return `${decision.key}#${index}`;
}

/** Whether a read of the source was started after the newest decision was heard. */
function isFresh(state: ClaimState, decision: Decision): boolean {
  return state.reading?.missingSince === null && !state.unread.includes(decision.key);
}

/** What an approval of this claim's source leads to. */
export function ruleOf({ policy, source }: ClaimState): ApprovalRule {
  return source === null ? 'shown' : (policy.approvals[source] ?? 'shown');
}

/**
 * What the newest approval still asks for: nothing where the claim is closed or the source has taken it back, nor where approvals
 * are only shown, unless an operator should see that another source pays for the same.
 * A resent approval with the same terms is covered by what was commanded; one with other terms after a command is a contradiction.
 */
export function readDecision(state: ClaimState): Reading {
  const { decision } = state;
  const rule = ruleOf(state);
  if (decision?.verdict !== 'approved' || state.closed !== null || !isStanding(state))
    return { proposals: [], covered: [] };
  const rivals = state.entered?.key === decision.key ? state.entered.rivals : [];
  if (rule === 'shown' && rivals.length === 0) return { proposals: [], covered: [] };
  const reading = state.reading?.claim ?? { found: false };
  const said = complete(grantedBy(state, decision), reading);
  const decided = said.length > 0 ? said : [NOT_YET_SAID];
  const isAwaited = said.length === 0 && waysOf(state)?.isRead === true;
  const pool = coveringIn(state, decision);
  const result: Reading = { proposals: [], covered: [] };
  const ordinals = new Set<string>();
  decided.forEach((one, index) => {
    if (state.dealt.includes(partKey(decision, index))) return;
    const terms = termsOf(one, state);
    const match = pool.findIndex(
      (other) => isSame(other, terms) || (other.approvedAs && isSame(other.approvedAs, terms)),
    );
    const [by] = match === -1 ? [] : pool.splice(match, 1);
    if (by !== undefined) {
      result.covered.push({ index, by: by.id });
      return;
    }
    const { id, ordinal } = nextId(state, terms, ordinals);
    // There is no command to let go: once an operator has seen it, it is settled.
    if (rule === 'shown' && verdictOn(state, { id, ...terms }) !== null) return;
    const proposal = { ...terms, id, ordinal, decisionKey: decision.key, index, rivals };
    const block = blockOf(state, rule, decision, proposal, isAwaited) ?? (state.hold === null ? null : 'held');
    result.proposals.push({ ...proposal, block });
  });
  return result;
}

/** What earlier decisions led to and still stands; then what was withdrawn and carried out: approved again, it is not to be done twice. */
function coveringIn({ resolutions }: ClaimState, decision: Decision): Resolution[] {
  const older = resolutions.filter(({ decisionKey }) => decisionKey !== decision.key);
  const standing = older.filter(({ progress }) => progress.state !== 'withdrawn');
  return [...standing, ...older.filter(isWithdrawnInVain)];
}

function blockOf(
  state: ClaimState,
  rule: ApprovalRule,
  decision: Decision & { verdict: 'approved' },
  proposal: Omit<Proposal, 'block'>,
  isAwaited: boolean,
): Block | null {
  const verdict = verdictOn(state, proposal);
  if (verdict === true) return null;
  const isOtherMoney = verdict === null && state.rulings[proposal.id] !== undefined;
  if (isOtherMoney || proposal.rivals.length > 0) return 'contradiction';
  const relation = isFresh(state, decision)
    ? agreement(grantedBy(state, decision), state.reading?.claim ?? { found: false })
    : 'notYet';
  if (relation === 'alreadyResolved') return 'contradiction';
  if (state.resolutions.some(({ decisionKey }) => decisionKey !== decision.key)) return 'contradiction';
  if (decision.from === 'read') return 'confirming';
  if (!isKnownKind(proposal.kind)) return isAwaited ? 'confirming' : 'unknownResolution';
  if (rule === 'operator') return 'operator';
  if (rule === 'readBack' && relation !== 'agrees') return 'confirming';
  return proposal.kind === 'refund' && proposal.amount === null ? 'confirming' : null;
}

/** Whether an operator has let a proposal go or refused it; null when nothing was said of this money. */
export function verdictOn({ rulings }: ClaimState, { id, amount }: Pick<Proposal, 'id' | 'amount'>): boolean | null {
  const verdict = rulings[id];
  return verdict !== undefined && sameAmount(verdict.amount, amount) ? verdict.accept : null;
}

/** The next free ordinal for the same matter: 1 for a first command, more only when an operator lets new terms through. */
export function nextId(
  state: ClaimState,
  terms: Pick<Terms, 'kind' | 'items'>,
  taken = new Set<string>(),
): { id: string; ordinal: number } {
  for (let ordinal = 1; ; ordinal++) {
    const id = resolutionId(state.claimId, terms, ordinal);
    if (taken.has(id) || state.resolutions.some((resolution) => resolution.id === id)) continue;
    taken.add(id);
    return { id, ordinal };
  }
}

/** A decided resolution as a brand can be told it: an address only where the order confirms it. */
export function termsOf({ kind, items = [], amount, shippingAddress }: DecidedResolution, state: ClaimState): Terms {
  if (kind !== 'reship')
    return { kind, items, amount: amount ?? null, shippingAddress: null, unconfirmedAddress: null };
  const ordered = orderAddressOf(state);
  const isConfirmed = shippingAddress === undefined || addressAgrees(shippingAddress, ordered);
  return {
    kind,
    items,
    amount: null,
    shippingAddress: (isConfirmed ? (shippingAddress ?? ordered) : null) ?? null,
    unconfirmedAddress: isConfirmed ? null : shippingAddress,
  };
}

/** The address of the order as its source gives it: by a read, or where there is none, by its own word. */
function orderAddressOf(state: ClaimState): Address | undefined {
  if (waysOf(state)?.isRead === false) return known(state.facts.order).shippingAddress;
  return state.reading?.claim.found === true ? state.reading.claim.order.shippingAddress : undefined;
}

function isSame(a: Approved, b: Approved): boolean {
  return sameMatter(a, b) && sameAmount(a.amount, b.amount);
}

function sameAmount(a: Money | null, b: Money | null): boolean {
  return a === null || b === null ? a === b : sameMoney(a, b);
}
