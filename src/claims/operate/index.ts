/** What operators can do with a claim: for each action why it is refused, and what it does to the state. */
export { closeClaim, refusalToClose } from './close-claim';
export { confirmReport, refusalToReport } from './confirm-report';
export { confirmResolution, refusalToConfirm, type ConfirmRuling } from './confirm-resolution';
export { extendDeadline, refusalToExtend, type DeadlineRuling } from './extend-deadline';
export { hold, refusalToHold, refusalToRelease, release } from './hold';
export { overrideResolution, refusalToOverride, type OverrideRuling } from './override-resolution';
export { refusalToRelink, relinkCustomer, type CustomerRuling } from './relink-customer';
export { retrySync } from './retry-sync';
export { type Refusal, type ResolutionRuling, type Ruling } from './ruling';
