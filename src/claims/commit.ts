import { later } from './lane';
import { type Rival } from './loss';
import { nextId, partKey, readDecision, verdictOn, type Proposal } from './proposals';
import { type Resolution, type Terms } from './resolution';
import { answerOf, type ClaimState } from './state';
import { addEntry } from './timeline';
import { letStand, withdraw } from './withdraw';

/**
 * Turns every proposal that nothing blocks any more into a commanded resolution, and ticks off what is covered or was refused. What
 * covers a part stands, also if it had been withdrawn and was carried out.
 */
export function commitReady(before: ClaimState, now: string): ClaimState {
  const { decision } = before;
  if (decision === null) return before;
  const { proposals, covered } = readDecision(before);
  const state = letStand(
    before,
    covered.map(({ by }) => by),
  );
  const refused = proposals.filter((one) => verdictOn(state, one) === false);
  const ready = proposals.filter((one) => one.block === null && !refused.includes(one));
  const done = [...ready, ...refused, ...covered].map(({ index }) => index);
  if (done.length === 0) return before;
  const { resolutions, replaced } =
    ready.length === 0 ? { ...state, replaced: [] } : replaceOlder(state, decision.key, now);
  return {
    ...state,
    changedAt: now,
    dealt: [...state.dealt, ...done.map((index) => partKey(decision, index))].sort(),
    resolutions: [...resolutions, ...ready.map((proposal) => command(proposal, replaced, state, now))],
    timeline: ready.reduce(
      (timeline, { id, kind }) =>
        addEntry(timeline, { at: now, what: `${kind} ${id} to be commanded`, by: 'claimkeeper' }),
      state.timeline,
    ),
  };
}

/**
 * New terms that an operator let through take the place of older commands that nobody has answered, also of those that were withdrawn
 * before: one of them must not be acted on.
 */
export function replaceOlder(
  { resolutions }: ClaimState,
  decisionKey: string,
  now: string,
): { resolutions: Resolution[]; replaced: string[] } {
  const withdrawn = resolutions.map((one) => (one.decisionKey === decisionKey ? one : withdraw(one, now)));
  return {
    resolutions: withdrawn,
    replaced: withdrawn
      .filter((one) => one.decisionKey !== decisionKey && one.progress.state === 'withdrawn' && answerOf(one) === null)
      .map(({ id }) => id),
  };
}

function command(
  { block: _, index: _index, rivals, ...terms }: Proposal,
  insteadOf: string[],
  state: ClaimState,
  now: string,
): Resolution {
  return commanded({ ...terms, despite: rivals, insteadOf, approvedAs: null }, state, now);
}

/** A proposal as a resolution of which nobody was told. */
export function uncommanded(
  { block: _, index: _index, rivals, ...terms }: Proposal,
  state: ClaimState,
  now: string,
): Resolution {
  const resolution = { ...terms, despite: [], insteadOf: [], approvedAs: null };
  return { ...commanded(resolution, state, now), progress: { state: 'contested', rivals } };
}

/** Other terms in the place of a resolution and of those `replaced` with it: only ever by an operator's word, who has seen all rivals. */
export function commandInstead(
  state: ClaimState,
  old: Resolution,
  terms: Terms,
  replaced: readonly string[],
  now: string,
): Resolution {
  const { decisionKey, progress, kind, items, amount } = old;
  const rivals = progress.state === 'contested' ? progress.rivals : [];
  const resolution = {
    ...terms,
    ...nextId(state, terms),
    decisionKey,
    despite: [...old.despite, ...rivals],
    insteadOf: [...old.insteadOf, old.id, ...replaced],
    approvedAs: old.approvedAs ?? { kind, items, amount },
  };
  return commanded(resolution, state, now);
}

/** A contested resolution that is to be commanded after all: in spite of those whom an operator has `overruled`. */
export function commandContested(
  state: ClaimState,
  contested: Resolution,
  overruled: Rival[],
  now: string,
): Resolution {
  return commanded({ ...contested, despite: [...contested.despite, ...overruled] }, state, now);
}

/** The same terms commanded once more, under the next ordinal and so a new id: only ever by an operator's word. */
export function recommand(state: ClaimState, withdrawn: Resolution, now: string): Resolution {
  const insteadOf = [...withdrawn.insteadOf, withdrawn.id];
  return commanded({ ...withdrawn, ...nextId(state, withdrawn), insteadOf }, state, now);
}

/** A command that nobody was told of yet, as if it were given now: the brand gets its full time, or more if an operator has given more. */
export function retime(state: ClaimState, untold: Resolution, now: string): Resolution {
  const anew = commanded(untold, state, now);
  return untold.dueAt > anew.dueAt ? { ...anew, dueAt: untold.dueAt } : anew;
}

type Commandable = Omit<Resolution, 'commandedAt' | 'remindAt' | 'dueAt' | 'progress'>;

function commanded(terms: Commandable, { policy }: ClaimState, now: string): Resolution {
  return {
    ...terms,
    commandedAt: now,
    remindAt: later(now, policy.remindAfterHours * 3_600),
    dueAt: later(now, policy.escalateAfterHours * 3_600),
    progress: { state: 'commanded', sentAt: null, remindedAt: null, escalatedAt: null },
  };
}
