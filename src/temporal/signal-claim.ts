import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { type Completion } from '../claims/answer';
import { type ClaimEvent, type EventKind } from '../claims/event';
import {
  CLAIM_WORKFLOW,
  PROTECTION_WORKFLOW,
  REFRESH_WORKFLOW,
  SEARCH_ATTRIBUTES,
  SIGNALS,
  TASK_QUEUES,
} from '../claims/messages';
import { type ProtectionEvent } from '../claims/protection';
import { callTemporal } from './call';
import { claimWorkflowId, protectionWorkflowId, refreshWorkflowId } from '../claims/workflow-id';

const SIGNAL_OF: Readonly<Record<EventKind, keyof typeof SIGNALS>> = {
  created: 'claimFiled',
  updated: 'messagePosted',
  message: 'messagePosted',
  approved: 'claimDecided',
  denied: 'claimDecided',
};

const BRAND = defineSearchAttributeKey(SEARCH_ATTRIBUTES.brand.name, SEARCH_ATTRIBUTES.brand.type);

/** Brings stored deliveries to their workflows. Each call may be repeated: workflows dedupe events by key, and ids are fixed. */
export function createSignalClaim(client: Client) {
  const signal = async (
    brand: string,
    claimId: string,
    name: keyof typeof SIGNALS,
    argument: unknown,
  ): Promise<void> => {
    await callTemporal(client, 'take a signal', () =>
      client.workflow.signalWithStart(CLAIM_WORKFLOW, {
        workflowId: claimWorkflowId(brand, claimId),
        taskQueue: TASK_QUEUES.claims,
        args: [{ brand, claimId }],
        signal: name,
        signalArgs: [argument],
        staticSummary: `claim ${claimId} of ${brand}`.slice(0, 190),
        typedSearchAttributes: [{ key: BRAND, value: brand }],
        priority: { fairnessKey: brand },
      }),
    );
  };
  return {
    signalEvent: (brand: string, event: ClaimEvent): Promise<void> =>
      signal(brand, event.claim.id, SIGNAL_OF[event.kind], event),

    signalCompletion: (brand: string, claimId: string, completion: Completion): Promise<void> =>
      signal(brand, claimId, 'resolutionCompleted', completion),

    async refreshKlaims(brand: string): Promise<void> {
      await callTemporal(client, 'take a signal', () =>
        client.workflow.signalWithStart(REFRESH_WORKFLOW, {
          workflowId: refreshWorkflowId(brand),
          taskQueue: TASK_QUEUES.claims,
          args: [{ brand }],
          signal: SIGNALS.mappingChanged,
          signalArgs: [],
          staticSummary: `Klaims of ${brand} by a changed mapping`,
          typedSearchAttributes: [{ key: BRAND, value: brand }],
          priority: { fairnessKey: brand },
        }),
      );
    },

    async startProtection(brand: string, protection: ProtectionEvent): Promise<void> {
      const start = () =>
        client.workflow.start(PROTECTION_WORKFLOW, {
          workflowId: protectionWorkflowId(brand, protection.eventId),
          taskQueue: TASK_QUEUES.claims,
          args: [{ brand, protection }],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          staticSummary: `protection ${protection.action} for a brand's order`,
          typedSearchAttributes: [{ key: BRAND, value: brand }],
          priority: { fairnessKey: brand },
        });
      try {
        await callTemporal(client, 'start a workflow', start);
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },
  };
}
