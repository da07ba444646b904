import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { known } from '../claims/facts';
import { FAILURE_KINDS, type FailureKind } from '../claims/failure';
import { type LaneName } from '../claims/lane';
import { type Step } from '../claims/next';
import * as outcome from '../claims/outcome';
import { readBack } from '../claims/read-back';
import { type ClaimState } from '../claims/state';
import { brandBackend, kustomer, ledger, orderProtection } from './activities';

/** What a step's result does to the state by the time it comes back. */
export type Change = (state: ClaimState, now: string) => ClaimState;

/** Does one step in the world. A partner's failure is a result like any other; only our own faults are thrown. */
export async function perform(lane: LaneName, step: Step, state: ClaimState, now: string): Promise<Change> {
  try {
    return await act(step, state, now);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const failure = failureIn(error);
    return (current, at) => outcome.failed(current, lane, failure, at);
  }
}

async function act(step: Step, state: ClaimState, at: string): Promise<Change> {
  const { brand, claimId } = state;
  const ref = { brand, claimId };
  const { sourceOrderId = null, number = null } = known(state.facts.order);
  switch (step.do) {
    case 'readClaim': {
      const summary = 'read the claim at Order Protection';
      const reading = await orderProtection.readClaim.executeWithOptions({ summary }, [{ ...ref, sourceOrderId }]);
      return (current, now) => readBack(current, reading, step.covering, now);
    }
    case 'syncKlaim': {
      const { claim, customer, known: ids, digest, asOf, isRefresh } = step;
      const summary = ids === null ? 'write the Klaim' : `update Klaim ${ids.klaimId}`;
      const synced = await kustomer.syncKlaim.executeWithOptions({ summary }, [
        { ...ref, claim, customer, known: ids, asOf, isRefresh },
      ]);
      return (current, now) => outcome.klaimSynced(current, synced, digest, now);
    }
    case 'relinkKlaim': {
      const { claim, customer, known: ids, asOf } = step;
      const summary = `move the Klaim to customer ${customer.customerId}`;
      const relinked = await kustomer.relinkKlaim.executeWithOptions({ summary }, [
        { ...ref, claim, customer, known: ids, asOf },
      ]);
      return (current, now) => outcome.klaimRelinked(current, relinked, step, now);
    }
    case 'enterDecision': {
      const { loss } = step;
      const summary = loss === null ? 'enter that nothing is approved' : 'enter what was approved';
      const rivals = await ledger.enterDecision.executeWithOptions({ summary }, [
        { ...ref, source: step.source, loss },
      ]);
      return (current, now) => outcome.decisionEntered(current, step, rivals, now);
    }
    case 'sendCommand': {
      const { resolution, source } = step;
      const summary = `command ${resolution.kind} ${resolution.id}`;
      const rivals = await brandBackend.sendCommand.executeWithOptions({ summary }, [
        { ...ref, source, order: { sourceOrderId, number }, resolution },
      ]);
      return (current, now) =>
        rivals.length === 0
          ? outcome.commandSent(current, resolution.id, now)
          : outcome.commandHeldBack(current, resolution.id, rivals, now);
    }
    case 'withdraw': {
      const { resolutionId } = step;
      const summary = `withdraw ${resolutionId}`;
      const answered = await brandBackend.withdrawCommand.executeWithOptions({ summary }, [
        { ...ref, resolutionId, at },
      ]);
      return (current, now) => outcome.withdrawalTold(current, resolutionId, answered, now);
    }
    case 'remind': {
      const { resolutionId, dueAt } = step;
      const summary = `remind the brand of ${resolutionId}`;
      await brandBackend.sendReminder.executeWithOptions({ summary }, [{ ...ref, resolutionId, at: dueAt }]);
      return (current, now) => outcome.reminded(current, resolutionId, now);
    }
    case 'escalate': {
      const { resolutionIds, number: count, dueAt } = step;
      await brandBackend.sendEscalation.executeWithOptions({ summary: 'escalate to the brand' }, [
        { ...ref, resolutionIds, number: count, at: dueAt },
      ]);
      return (current, now) => outcome.escalated(current, resolutionIds, now);
    }
    case 'settleAnswer': {
      const { completion } = step;
      const summary = `answer to ${completion.resolutionId}`;
      const settlement = await ledger.settleAnswer.executeWithOptions({ summary }, [{ ...ref, completion }]);
      return (current, now) => outcome.answerSettled(current, completion, settlement, now);
    }
    case 'report': {
      const { id: resolutionId, kind, progress } = step.resolution;
      if (progress.state !== 'answered') return (current) => current;
      const summary = `report ${progress.answer.outcome} to Order Protection`;
      const answered = { ...ref, resolutionId, kind, sourceOrderId, answer: progress.answer };
      const { byHand } = await orderProtection.reportAnswer.executeWithOptions({ summary }, [answered]);
      return (current, now) => outcome.reported(current, resolutionId, byHand, now);
    }
  }
}

/** The kind and words that an activity gave its failure; a time-out carries neither, so it is `unavailable`. */
function failureIn({ cause }: ActivityFailure): { kind: FailureKind; message: string } {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  const kind = FAILURE_KINDS.find((known) => known === type) ?? 'unavailable';
  return { kind, message: cause?.message ?? 'no answer' };
}
