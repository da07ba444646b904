import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { SIGNALS } from '../claims/messages';
import { claimIdIn, claimWorkflowId } from '../claims/workflow-id';
import { type OpenClaims } from '../activities/refresh';
import { callTemporal } from './call';
import { openClaimsQuery } from './visibility';

/** Claims that wait for a key. */
export interface KeyWaiters {
  /** They try again. */
  tellKeyWorks(brand: string, claimId: string): Promise<void>;
}

/** The open claims of a brand, by Temporal's visibility. */
export function createOpenClaims(client: Client): OpenClaims & KeyWaiters {
  /** A claim that has completed meanwhile needs no telling. */
  const tell = async (brand: string, claimId: string, signal: string, ...said: unknown[]): Promise<void> => {
    const handle = client.workflow.getHandle(claimWorkflowId(brand, claimId));
    try {
      await callTemporal(client, 'take a signal', () => handle.signal(signal, ...said));
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  };
  return {
    async page(brand, page, pageSize) {
      const response = await callTemporal(client, 'list workflows', () =>
        client.workflowService.listWorkflowExecutions({
          namespace: client.options.namespace,
          query: openClaimsQuery(brand),
          pageSize,
          nextPageToken: Buffer.from(page ?? '', 'base64'),
        }),
      );
      const token = Buffer.from(response.nextPageToken ?? []).toString('base64');
      return {
        claimIds: response.executions.map(({ execution }) => claimIdIn(brand, execution?.workflowId ?? '')),
        next: token === '' ? null : token,
      };
    },

    tellMapping: (brand, claimId, version) => tell(brand, claimId, SIGNALS.mappingChanged, { version }),
    tellKeyWorks: (brand, claimId) => tell(brand, claimId, SIGNALS.keyWorks),
  };
}
