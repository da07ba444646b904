import { proxyActivities } from '@temporalio/workflow';
import type * as contract from '../activities/contract';
import { TASK_QUEUES } from '../claims/messages';

/**
 * A partner call: each attempt ends before its timeout does (the activity's own deadline is shorter), and after two minutes the
 * failure comes back, because a workflow cannot see failed attempts; the lane then waits visibly.
 */
const partnerCall = {
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '20s' },
} as const;

/** Our own database: retried until it is back. Not local activities, whose replay can differ: docs/decisions/0024. */
const ownDatabase = {
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '10s' },
  taskQueue: TASK_QUEUES.claims,
} as const;

/** An activity with its one-line summary for the history. */
export const ledger = proxyActivities<contract.LedgerActivities>(ownDatabase);
export const orderProtection = proxyActivities<contract.OrderProtectionActivities>({
  ...partnerCall,
  taskQueue: TASK_QUEUES.orderProtection,
});
export const kustomer = proxyActivities<contract.KustomerActivities>({
  ...partnerCall,
  taskQueue: TASK_QUEUES.kustomer,
});
export const brandBackend = proxyActivities<contract.BrandBackendActivities>({
  ...partnerCall,
  taskQueue: TASK_QUEUES.brandBackend,
});

/** Tells claims of a changed mapping; until it is done. */
export const refresh = proxyActivities<contract.RefreshActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
  taskQueue: TASK_QUEUES.claims,
});

/** Protection events have nothing else to wait for: sent until the brand takes them. */
export const patientBrandBackend = proxyActivities<contract.BrandBackendActivities>({
  startToCloseTimeout: '40s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
  taskQueue: TASK_QUEUES.brandBackend,
});
