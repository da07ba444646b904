import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { QUERIES, SIGNALS, UPDATES } from '../claims/messages';
import { type NeutralClaim } from '../claims/neutral-claim';
import {
  type ConfirmRuling,
  type CustomerRuling,
  type DeadlineRuling,
  type OverrideRuling,
  type ResolutionRuling,
  type Ruling,
} from '../claims/operate';
import { type ClaimView } from '../claims/view';

/** Signals take whatever a sender put in: it is read, never trusted (docs/contracts.md). */
export const claimFiledSignal = defineSignal<[unknown]>(SIGNALS.claimFiled);
export const messagePostedSignal = defineSignal<[unknown]>(SIGNALS.messagePosted);
export const claimDecidedSignal = defineSignal<[unknown]>(SIGNALS.claimDecided);
export const resolutionCompletedSignal = defineSignal<[unknown]>(SIGNALS.resolutionCompleted);
export const keyWorksSignal = defineSignal(SIGNALS.keyWorks);
export const mappingChangedSignal = defineSignal<[unknown]>(SIGNALS.mappingChanged);

export const claimStateQuery = defineQuery<ClaimView>(QUERIES.claimState);
export const claimTimelineQuery = defineQuery<ClaimView['timeline']>(QUERIES.claimTimeline);
export const neutralClaimQuery = defineQuery<NeutralClaim>(QUERIES.neutralClaim);

export const retrySyncUpdate = defineUpdate<ClaimView, [Ruling]>(UPDATES.retrySync);
export const holdUpdate = defineUpdate<ClaimView, [Ruling]>(UPDATES.hold);
export const releaseUpdate = defineUpdate<ClaimView, [Ruling]>(UPDATES.release);
export const confirmResolutionUpdate = defineUpdate<ClaimView, [ConfirmRuling]>(UPDATES.confirmResolution);
export const overrideResolutionUpdate = defineUpdate<ClaimView, [OverrideRuling]>(UPDATES.overrideResolution);
export const confirmReportUpdate = defineUpdate<ClaimView, [ResolutionRuling]>(UPDATES.confirmReport);
export const extendDeadlineUpdate = defineUpdate<ClaimView, [DeadlineRuling]>(UPDATES.extendDeadline);
export const relinkCustomerUpdate = defineUpdate<ClaimView, [CustomerRuling]>(UPDATES.relinkCustomer);
export const closeClaimUpdate = defineUpdate<ClaimView, [Ruling]>(UPDATES.closeClaim);
