/** Names that other people's software depends on: workflow types, task queues, signals, queries, updates (docs/contracts.md). */

export const CLAIM_WORKFLOW = 'claimWorkflow';
export const PROTECTION_WORKFLOW = 'protectionWorkflow';
export const REFRESH_WORKFLOW = 'refreshKlaimsWorkflow';

/** One queue for workflows and one per partner, so that a partner that is down fills only its own. */
export const TASK_QUEUES = {
  claims: 'claims',
  kustomer: 'kustomer',
  orderProtection: 'order-protection',
  brandBackend: 'brand-backend',
} as const;

export const SIGNALS = {
  claimFiled: 'claimFiled',
  messagePosted: 'messagePosted',
  claimDecided: 'claimDecided',
  resolutionCompleted: 'resolutionCompleted',
  /** Ours alone: the brand's mapping has changed, `{ version }`. */
  mappingChanged: 'mappingChanged',
  /** Ours alone: a key of the brand works again, or another was put. */
  keyWorks: 'keyWorks',
} as const;

/** `neutralClaim` is ours alone: what a mapping can show. */
export const QUERIES = {
  claimState: 'claimState',
  claimTimeline: 'claimTimeline',
  neutralClaim: 'neutralClaim',
} as const;

export const UPDATES = {
  retrySync: 'retrySync',
  hold: 'hold',
  release: 'release',
  confirmResolution: 'confirmResolution',
  overrideResolution: 'overrideResolution',
  confirmReport: 'confirmReport',
  extendDeadline: 'extendDeadline',
  relinkCustomer: 'relinkCustomer',
  closeClaim: 'closeClaim',
} as const;
export type UpdateName = keyof typeof UPDATES;

/** The type of the failure by which an update is refused; its message says why. */
export const REFUSED = 'refused';

/** What operators list claims by in Temporal (values of at most 255 characters, no customer data). */
export const SEARCH_ATTRIBUTES = {
  brand: { name: 'ClaimBrand', type: 'KEYWORD' },
  phase: { name: 'ClaimPhase', type: 'KEYWORD' },
  attention: { name: 'ClaimAttention', type: 'KEYWORD' },
  source: { name: 'ClaimSource', type: 'KEYWORD' },
  order: { name: 'ClaimOrder', type: 'KEYWORD' },
  deadline: { name: 'ClaimDeadline', type: 'DATETIME' },
} as const;
