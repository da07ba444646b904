import { later } from './lane';
import { type Rival } from './loss';
import { nextId, partKey, readDecision, type Proposal } from './proposals';
import { type Resolution } from './resolution';
import { type ClaimState } from './state';
import { addEntry } from './timeline';
import { withdraw } from './withdraw';

/** Turns every proposal that nothing blocks any more into a commanded resolution, and ticks off what is covered or was refused. */
export function commitReady(state: ClaimState, now: string): ClaimState {
  const { decision } = state;
  if (decision === null) return state;
  const { proposals, covered } = readDecision(state);
  const refused = proposals.filter(({ id }) => state.rulings[id] === false);
  const ready = proposals.filter((one) => one.block === null && !refused.includes(one));
  const done = [...ready, ...refused].map(({ index }) => index).concat(covered);
  if (done.length === 0) return state;
  const kept = ready.length === 0 ? state.resolutions : replaceOlder(state, ready, now);
  return {
    ...state,
    changedAt: now,
    dealt: [...state.dealt, ...done.map((index) => partKey(decision, index))].sort(),
    resolutions: [...kept, ...ready.map((proposal) => command(proposal, state, now))],
    timeline: ready.reduce(
      (timeline, { id, kind }) =>
        addEntry(timeline, { at: now, what: `${kind} ${id} to be commanded`, by: 'claimkeeper' }),
      state.timeline,
    ),
  };
}

/** New terms that an operator let through take the place of older commands that nobody has answered: one of them must not be acted on. */
function replaceOlder(state: ClaimState, ready: readonly Proposal[], now: string): Resolution[] {
  return state.resolutions.map((resolution) =>
    ready.some(({ decisionKey }) => decisionKey !== resolution.decisionKey) ? withdraw(resolution, now) : resolution,
  );
}

function command({ block: _, index: _index, rivals, ...terms }: Proposal, state: ClaimState, now: string): Resolution {
  return commanded({ ...terms, despite: rivals }, state, now);
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
  return commanded({ ...withdrawn, ...nextId(state, withdrawn) }, state, now);
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
