import { sameAnswer, type Answer, type Completion } from './answer';
import { afterFailure, afterFruitless, LANES, READY, type Lane, type LaneName } from './lane';
import { type FailureKind } from './failure';
import { identityOf } from './identity';
import { type MatchedBy, type Relinked, type Superseded, type WrittenKlaim } from './klaim';
import { contestedBy, type Loss, type Rival } from './loss';
import { isOutdated } from './projection';
import { type Progress, type Resolution } from './resolution';
import { answerOf, type ClaimState } from './state';
import { addEntry } from './timeline';
import { carriedOutAfterAll } from './withdraw';
import { matchText } from './words';

/** A partner did not do what a lane asked: the lane waits, the reason stays visible. */
export function failed(
  state: ClaimState,
  lane: LaneName,
  failure: { kind: FailureKind; message: string },
  now: string,
): ClaimState {
  const known = state.lanes[lane].failure?.message === failure.message;
  const lanes = { ...state.lanes, [lane]: afterFailure(state.lanes[lane], failure, now) };
  return known ? { ...state, lanes } : note({ ...state, lanes }, `${lane} failed: ${failure.message}`, now);
}

/** The Klaim in Kustomer is equal to the state whose digest this is; or nothing was written, and it is to be written again. */
export function klaimSynced(
  state: ClaimState,
  written: WrittenKlaim | Superseded,
  digest: string,
  now: string,
): ClaimState {
  if ('supersededBy' in written) return klaimSuperseded(state, written, now);
  const klaim = { ...written, matchedBy: matchOf(state, written), digest, syncedAt: now };
  const synced = note({ ...freed(state, 'klaim'), klaim }, syncedText(state, klaim), now);
  // The database may not know (any more) the mapping that the claim was told of: that is waited for, not written again and again.
  const klaimLane = isOutdated(synced) ? afterFruitless(state.lanes.klaim, now) : READY;
  return { ...synced, lanes: { ...synced.lanes, klaim: klaimLane } };
}

/** The step was the claim's newest, so the other state is of a wrong clock, or of a life that is forgotten: a later one takes its place. */
function klaimSuperseded(state: ClaimState, { supersededBy }: Superseded, now: string): ClaimState {
  const superseded = { ...freed(state, 'klaim'), klaimAsOf: supersededBy };
  return note(superseded, `Klaim has a state of ${supersededBy}: to be written again`, now);
}

/** How the customer was found is told by the write that found them; later ones only find the Klaim. */
function matchOf({ klaim }: ClaimState, written: WrittenKlaim): MatchedBy {
  const isTheSame = klaim !== null && klaim.customerId === written.customerId;
  return written.matchedBy === 'existing' && isTheSame ? klaim.matchedBy : written.matchedBy;
}

function syncedText(state: ClaimState, { klaimId, customerId, matchedBy }: WrittenKlaim): string {
  if (state.klaim === null || state.klaim.klaimId !== klaimId)
    return `Klaim ${klaimId} written under customer ${customerId ?? 'unknown'}, ${matchText(matchedBy)}${otherEmail(state, matchedBy)}`;
  if (state.klaim.customerId === customerId) return 'Klaim brought up to date';
  return `Klaim brought up to date; it is under customer ${customerId ?? 'unknown'} now`;
}

/** The claim was filed under another e-mail than the order was placed with: people should know which one was followed. */
function otherEmail(state: ClaimState, matchedBy: MatchedBy): string {
  return identityOf(state).orderEmail === null || matchedBy === 'orderEmail' ? '' : '; the order has another e-mail';
}

/** An operator's order to move the Klaim was carried out, or cannot be. */
export function klaimRelinked(
  state: ClaimState,
  relinked: Relinked,
  { orderedAt, customer, digest }: { orderedAt: string; customer: { customerId: string }; digest: string },
  now: string,
): ClaimState {
  if ('supersededBy' in relinked) return klaimSuperseded(state, relinked, now);
  // Another order may have been given meanwhile, even at the same time: that one is still to be carried out.
  const isThisOrder = state.relink?.at === orderedAt && state.relink.customerId === customer.customerId;
  const relink = isThisOrder ? null : state.relink;
  const rest = { ...freed(state, 'klaim'), relink };
  if ('refused' in relinked) {
    // What has become of the Klaim is not known: the next write finds out.
    const klaim = state.klaim === null ? null : { ...state.klaim, digest: '' };
    return note({ ...rest, klaim }, `refused: relink: ${relinked.refused}`, now);
  }
  const { retired, ...written } = relinked;
  const old = retired.map(({ klaimId, how }) => `; Klaim ${klaimId} ${how}`).join('');
  const what = `Klaim ${written.klaimId} is under customer ${written.customerId ?? 'unknown'}, named by an operator${old}`;
  const klaim = { ...written, digest, syncedAt: now };
  return note({ ...rest, klaim, linkedTo: written.customerId }, what, now);
}

/** The book of losses knows the decision of this key; `rivals` are the claims of other sources about the same. */
export function decisionEntered(
  state: ClaimState,
  { key, loss }: { key: string; loss: Loss | null },
  rivals: Rival[],
  now: string,
): ClaimState {
  const entered = { ...freed(state, 'source'), entered: { key, loss, rivals } };
  return rivals.length === 0 ? entered : note({ ...entered, changedAt: now }, contestedBy(rivals), now);
}

/** The command was not sent, because claims of other sources were approved for the same loss: an operator decides. */
export function commandHeldBack(state: ClaimState, id: string, rivals: Rival[], now: string): ClaimState {
  const heldBack = change(freed(state, 'command'), id, now, (progress) =>
    progress.state === 'commanded' ? { state: 'contested', rivals } : progress,
  );
  return note(heldBack, `${id} not commanded: ${contestedBy(rivals)}`, now);
}

/** The version in a signal `mappingChanged`; null when it says none. */
export function readMappingVersion(value: unknown): number | null {
  const { version } = (value ?? {}) as { version?: unknown };
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : null;
}

/** The brand's mapping has changed: a Klaim that an older one made is due, and one that waits after a failure is tried at once. */
export function mappingChanged(state: ClaimState, version: number): ClaimState {
  if (version <= state.mappingVersion) return state;
  return {
    ...state,
    mappingVersion: version,
    lanes: { ...state.lanes, klaim: { ...state.lanes.klaim, retryAt: null } },
  };
}

/** A key of the brand works again, or another was put: what waits for a key is tried at once. */
export function keyWorks(state: ClaimState): ClaimState {
  const lanes = LANES.map((name): [LaneName, Lane] => {
    const lane = state.lanes[name];
    return [name, lane.failure?.kind === 'credentials' ? { ...lane, attempts: 0, retryAt: null } : lane];
  });
  return { ...state, lanes: Object.fromEntries(lanes) as ClaimState['lanes'] };
}

/** The brand took the command. */
export function commandSent(state: ClaimState, id: string, now: string): ClaimState {
  const sent = change(freed(state, 'command'), id, now, (progress) =>
    progress.state === 'commanded' ? { ...progress, sentAt: now } : progress,
  );
  return note(sent, `command ${id} taken by the brand`, now);
}

/** The brand took a reminder, or an escalation of everything open. */
export function reminded(state: ClaimState, id: string, now: string): ClaimState {
  const told = change(freed(state, 'command'), id, now, (progress) =>
    progress.state === 'commanded' ? { ...progress, remindedAt: now } : progress,
  );
  return note(told, `brand reminded of ${id}`, now);
}

/** The brand took the escalation of everything that is open. */
export function escalated(state: ClaimState, ids: readonly string[], now: string): ClaimState {
  const told = ids.reduce(
    (next, id) =>
      change(next, id, now, (progress) =>
        progress.state === 'commanded' ? { ...progress, escalatedAt: now } : progress,
      ),
    { ...freed(state, 'command'), escalations: state.escalations + 1 },
  );
  return note(told, 'escalated to the brand', now);
}

/** The brand was told not to act; or it was not, because it had answered before: then that is what happened. */
export function withdrawalTold(state: ClaimState, id: string, answered: Answer | null, now: string): ClaimState {
  const told = change(freed(state, 'command'), id, now, (progress) =>
    progress.state === 'withdrawn' ? { ...progress, toldAt: now } : progress,
  );
  if (answered === null) return note(told, `brand told not to act on ${id}`, now);
  return note(
    acceptAnswer(told, id, answered, now, now),
    `${id} was answered before the brand was told not to act`,
    now,
  );
}

/** An answer was signalled: it waits for the ledger's word. A repeat of an accepted one is nothing new. */
export function answerSignalled(state: ClaimState, completion: Completion): ClaimState {
  const { resolutionId, ...answer } = completion;
  const resolution = state.resolutions.find(({ id }) => id === resolutionId);
  const accepted = resolution === undefined ? null : answerOf(resolution);
  if (accepted !== null && sameAnswer(accepted, answer)) return state;
  const lanes = { ...state.lanes, report: { ...state.lanes.report, retryAt: null } };
  return { ...state, lanes, answers: [...state.answers, completion] };
}

/** What the ledger said of a signalled answer: accepted (now or before), or refused with the reason. */
export type Settlement = { accepted: true; answeredAt: string } | { accepted: false; reason: string };

/** The ledger has spoken. An accepted answer to a withdrawn command is kept and an operator is asked: what happened is always recorded. */
export function answerSettled(
  state: ClaimState,
  { resolutionId, ...answer }: Completion,
  settlement: Settlement,
  now: string,
): ClaimState {
  const rest = { ...freed(state, 'report'), answers: state.answers.slice(1) };
  if (!settlement.accepted) return note(rest, `refused: answer to ${resolutionId}: ${settlement.reason}`, now);
  const resolution = rest.resolutions.find(({ id }) => id === resolutionId);
  if (resolution === undefined)
    return note(rest, `refused: answer to ${resolutionId}: not a resolution of this run`, now);
  const answered = acceptAnswer(rest, resolutionId, answer, settlement.answeredAt, now);
  return note(answered, `brand answered ${resolutionId}: ${answer.outcome}`, now, 'brand');
}

/** An answer that the ledger has accepted, however it became known. Known already, it is nothing new. */
export function acceptAnswer(
  state: ClaimState,
  id: string,
  answer: Answer,
  answeredAt: string,
  now: string,
): ClaimState {
  const progress = state.resolutions.find((one) => one.id === id)?.progress;
  const isNews = progress?.state === 'withdrawn' && progress.answer === null;
  const answered = change(state, id, now, (before) => accept(before, answer, answeredAt));
  return isNews && answer.outcome !== 'declined' ? carriedOutAfterAll(answered, id, answer, now) : answered;
}

/** How an accepted answer moves a resolution on; one that has an answer keeps it. */
export function accept(progress: Progress, answer: Answer, answeredAt: string): Progress {
  if (progress.state === 'withdrawn') return { ...progress, answer, answeredAt };
  if (progress.state !== 'commanded') return progress;
  if (answer.outcome === 'declined') return { state: 'declined', reason: answer.reason, answeredAt };
  return { state: 'answered', answer, answeredAt, reportByHand: null };
}

/** Order Protection has the answer; or an operator must bring it there, for the reason given. */
export function reported(state: ClaimState, id: string, byHand: string | null, now: string): ClaimState {
  const next = change(freed(state, 'report'), id, now, (progress) => {
    if (progress.state !== 'answered') return progress;
    if (byHand !== null) return { ...progress, reportByHand: byHand };
    const { answer, answeredAt } = progress;
    return { state: 'reported', answer, answeredAt, reportedAt: now };
  });
  return note(
    next,
    byHand === null ? `answer to ${id} reported` : `answer to ${id} must be reported by hand: ${byHand}`,
    now,
  );
}

function freed(state: ClaimState, lane: LaneName): ClaimState {
  return { ...state, lanes: { ...state.lanes, [lane]: READY } };
}

function change(state: ClaimState, id: string, now: string, move: (progress: Progress) => Progress): ClaimState {
  const moved = (one: Resolution): Resolution => (one.id === id ? { ...one, progress: move(one.progress) } : one);
  return { ...state, changedAt: now, resolutions: state.resolutions.map(moved) };
}

function note(state: ClaimState, what: string, now: string, by = 'claimkeeper'): ClaimState {
  return { ...state, timeline: addEntry(state.timeline, { at: now, what, by }) };
}
