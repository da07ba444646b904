import { type UpdateDefinition } from '@temporalio/common';
import {
  ApplicationFailure,
  condition,
  continueAsNew,
  setDefaultSignalHandler,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { readCompletion } from '../claims/answer';
import { commitReady } from '../claims/commit';
import { readClaimEvent } from '../claims/event';
import { hear, refuse } from '../claims/hear';
import { LANES, later, type LaneName } from '../claims/lane';
import { REFUSED } from '../claims/messages';
import { completesAt, nextOf, wakeAt } from '../claims/next';
import * as operate from '../claims/operate';
import { answerSignalled, keyWorks, mappingChanged, readMappingVersion } from '../claims/outcome';
import { projectionOf } from '../claims/projection';
import { restoreClaim } from '../claims/restore';
import { beginClaim, type ClaimState } from '../claims/state';
import { upToDate } from '../claims/up-to-date';
import { viewOf, type ClaimView } from '../claims/view';
import { claimWorkflowId } from '../claims/workflow-id';
import { ledger } from './activities';
import { createAlarm } from './alarm';
import * as messages from './messages';
import { requireOwnId } from './own-id';
import { perform, type Change } from './perform';
import { createShow } from './show';

/** The one argument of the workflow. `carried` is the state that an earlier run of the same claim hands over. */
export interface ClaimInput {
  brand: string;
  claimId: string;
  carried?: ClaimState;
}

export interface ClaimOutcome {
  outcome: 'completed' | 'unknownBrand';
}

/** Until the brand's own is known: nothing is decided by it. */
const NO_POLICY = { approvals: {}, remindAfterHours: 24, escalateAfterHours: 72, quietHours: 24 };

/** The life of one claim: docs/flows.md tells it as a story. */
export async function claimWorkflow(input: ClaimInput | null): Promise<ClaimOutcome> {
  const { brand = '', claimId = '', carried }: Partial<ClaimInput> = input ?? {};
  requireOwnId(claimWorkflowId(brand, claimId));
  const now = (): string => new Date(Date.now()).toISOString();
  let state = carried === undefined ? beginClaim(brand, claimId, NO_POLICY, now()) : upToDate(carried);
  let isOpen = carried !== undefined;
  let hasNews = true;
  /** What arrives before the claim's earlier life is known is taken in right after. */
  const waiting: Change[] = [];

  const take = (change: Change): void => {
    hasNews = true;
    if (isOpen) state = commitReady(change(state, now()), now());
    else waiting.push(change);
  };

  const takeEvent = (value: unknown): void => {
    const reading = readClaimEvent(value, claimId);
    take((current, at) =>
      reading.ok ? hear(current, reading.event, reading.unreadable, at) : refuse(current, reading.reason, at),
    );
  };
  setHandler(messages.claimFiledSignal, takeEvent);
  setHandler(messages.messagePostedSignal, takeEvent);
  setHandler(messages.claimDecidedSignal, takeEvent);
  setHandler(messages.resolutionCompletedSignal, (value) => {
    const completion = readCompletion(value);
    take((current, at) =>
      completion === null ? refuse(current, 'not an answer to a resolution', at) : answerSignalled(current, completion),
    );
  });
  setHandler(messages.mappingChangedSignal, (value) => {
    const version = readMappingVersion(value);
    take((current, at) =>
      version === null ? refuse(current, 'not a version of a mapping', at) : mappingChanged(current, version),
    );
  });
  setHandler(messages.keyWorksSignal, () => take(keyWorks));
  setDefaultSignalHandler((name) => {
    take((current, at) => refuse(current, `unknown signal "${name}"`, at));
  });

  setHandler(messages.claimStateQuery, () => viewOf(state, now()));
  setHandler(messages.neutralClaimQuery, () => projectionOf(state));
  setHandler(messages.claimTimelineQuery, () => viewOf(state, now()).timeline);

  /** An operator's action: refused by its validator, or done at once and answered with the claim as it then stands. */
  const onUpdate = <R extends operate.Ruling>(
    update: UpdateDefinition<ClaimView, [R]>,
    apply: (current: ClaimState, ruling: R, at: string) => ClaimState,
    refusalTo: (current: ClaimState, ruling: R, at: string) => operate.Refusal,
  ): void => {
    const handle = (ruling: R): ClaimView => {
      take((current, at) => apply(current, ruling, at));
      return viewOf(state, now());
    };
    const validator = (ruling: R): void => assertTakeable(isOpen, ruling, () => refusalTo(state, ruling, now()));
    setHandler(update, handle, { validator });
  };
  onUpdate(messages.retrySyncUpdate, operate.retrySync, () => null);
  onUpdate(messages.holdUpdate, operate.hold, operate.refusalToHold);
  onUpdate(messages.releaseUpdate, operate.release, operate.refusalToRelease);
  onUpdate(messages.confirmResolutionUpdate, operate.confirmResolution, operate.refusalToConfirm);
  onUpdate(messages.overrideResolutionUpdate, operate.overrideResolution, operate.refusalToOverride);
  onUpdate(messages.confirmReportUpdate, operate.confirmReport, operate.refusalToReport);
  onUpdate(messages.extendDeadlineUpdate, operate.extendDeadline, operate.refusalToExtend);
  onUpdate(messages.relinkCustomerUpdate, operate.relinkCustomer, operate.refusalToRelink);
  onUpdate(messages.closeClaimUpdate, operate.closeClaim, operate.refusalToClose);

  if (!isOpen) {
    const opened = await ledger.openClaim.executeWithOptions({ summary: 'open the claim' }, [{ brand, claimId }]);
    if (!opened.known) return { outcome: 'unknownBrand' };
    state = restoreClaim({ brand, claimId }, opened.policy, opened.saved, opened.records, now());
    isOpen = true;
    waiting.splice(0).forEach(take);
  }

  const show = createShow();
  const busy = new Set<LaneName>();
  const alarm = createAlarm(() => {
    hasNews = true;
  });
  const run = async (lane: LaneName): Promise<void> => {
    const next = nextOf(lane, state, now());
    if (next === null || !('step' in next)) return;
    busy.add(lane);
    const change = await perform(lane, next.step, state, now());
    busy.delete(lane);
    take(change);
  };

  for (;;) {
    hasNews = false;
    const mustHandOver = workflowInfo().continueAsNewSuggested;
    if (!mustHandOver) for (const lane of LANES) if (!busy.has(lane)) void run(lane);
    if (busy.size === 0) {
      if (mustHandOver) return continueAsNew<typeof claimWorkflow>({ brand, claimId, carried: state });
      const completion = completesAt(state, now());
      show(viewOf(state, now()));
      if (completion !== null && completion <= now()) {
        await ledger.keepCompleted.executeWithOptions({ summary: 'keep the completed claim' }, [{ state, at: now() }]);
        if (!hasNews) return { outcome: 'completed' };
        continue;
      }
    }
    const wake = wakeAt(state, now());
    if (wake !== null && (busy.size === 0 || isSoon(wake, now()))) alarm.setFor(wake);
    await condition(() => hasNews);
  }
}

/** What a busy lane takes at most (src/workflows/activities.ts): it is that long when its partner is down. */
const LONGEST_BUSY_SECONDS = 120;

/** Whether a time may come while a lane is still busy, so that the others must not wait for it. A later one is set when the lane is through: a timer less. */
function isSoon(time: string, now: string): boolean {
  return time > now && time <= later(now, LONGEST_BUSY_SECONDS);
}

/** Validators are synchronous; what they throw refuses the update without a trace in the state. */
function assertTakeable(isOpen: boolean, ruling: operate.Ruling, refusal: () => operate.Refusal): void {
  const isSigned = [ruling?.actor, ruling?.reason].every((text) => typeof text === 'string' && text !== '');
  const reason = !isOpen
    ? 'the claim is being opened: try again'
    : !isSigned
      ? 'actor and reason are required'
      : refusal();
  if (reason !== null) throw ApplicationFailure.nonRetryable(reason, REFUSED);
}
