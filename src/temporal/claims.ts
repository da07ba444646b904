import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { QUERIES, REFUSED, UPDATES } from '../claims/messages';
import { projectionOf } from '../claims/projection';
import { type ClaimState } from '../claims/state';
import { readable } from '../claims/unreadable';
import { viewOf, type ClaimView, type LinkedClaim } from '../claims/view';
import { callTemporal } from './call';
import { type ActionOutcome, type ClaimAction, type Claims, type CompletedClaims } from './claims-port';
import { claimWorkflowId } from '../claims/workflow-id';
import { listClaims } from './list-claims';
import { TemporalUnavailable } from './temporal-unavailable';
import { openClaimsQuery } from './visibility';

/** A query or an update needs a worker to answer: no longer than this. */
const ANSWER_MS = 8_000;

/** How claims are reached: open ones by their workflow, completed ones by their kept state. `uiUrl` is Temporal Web's, if there is one. */
export function createClaims(client: Client, completed: CompletedClaims, uiUrl: string | null): Claims {
  const { namespace } = client.options;
  const handleOf = (brand: string, claimId: string) => client.workflow.getHandle(claimWorkflowId(brand, claimId));

  const linked = (view: ClaimView): LinkedClaim => {
    const { brand, claimId } = readable('the answer of the claim', view);
    const id = encodeURIComponent(claimWorkflowId(brand, claimId));
    return { ...view, temporalUrl: uiUrl === null ? null : `${uiUrl}/namespaces/${namespace}/workflows/${id}` };
  };

  const statusOf = async (brand: string, claimId: string): Promise<string | null> => {
    try {
      return (await callTemporal(client, 'describe a workflow', () => handleOf(brand, claimId).describe())).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  };

  const ask = <T>(brand: string, claimId: string, query: string): Promise<T> =>
    callTemporal(client, 'answer a query', () => handleOf(brand, claimId).query<T>(query), ANSWER_MS);
  const query = (brand: string, claimId: string): Promise<ClaimView> => ask(brand, claimId, QUERIES.claimState);

  /** Of a claim without an open run: its kept state, else what a worker makes of its last history. */
  const readClosed = async (brand: string, claimId: string, status: string | null): Promise<ClaimView | null> => {
    const kept = await completed.get(brand, claimId);
    if (kept !== null) return viewOf(JSON.parse(kept) as ClaimState, new Date().toISOString());
    return status === null || status === 'COMPLETED' ? null : query(brand, claimId);
  };

  return {
    async read(brand, claimId) {
      const status = await statusOf(brand, claimId);
      const view = status === 'RUNNING' ? await query(brand, claimId) : await readClosed(brand, claimId, status);
      return view === null ? null : linked(view);
    },

    list: (brand, filter) => listClaims(client, completed, brand, filter),

    async act(brand, claimId, { update, argument }: ClaimAction): Promise<ActionOutcome> {
      try {
        const claim = await callTemporal(
          client,
          'answer an update',
          () =>
            handleOf(brand, claimId).executeUpdate<ClaimView, [typeof argument]>(UPDATES[update], { args: [argument] }),
          ANSWER_MS,
        );
        return { outcome: 'done', claim: linked(claim) };
      } catch (error) {
        return outcomeOf(error, () => completed.get(brand, claimId));
      }
    },

    async neutral(brand, claimId) {
      if ((await statusOf(brand, claimId)) === 'RUNNING') return ask(brand, claimId, QUERIES.neutralClaim);
      const kept = await completed.get(brand, claimId);
      return kept === null ? null : projectionOf(JSON.parse(kept) as ClaimState);
    },

    async hasOpen(brand) {
      const { count } = await callTemporal(client, 'count workflows', () =>
        client.workflow.count(openClaimsQuery(brand)),
      );
      return count > 0;
    },

    async ping() {
      await callTemporal(
        client,
        'answer',
        () => client.connection.ensureConnected().then(() => client.workflowService.getSystemInfo({})),
        3_000,
      );
    },
  };
}

async function outcomeOf(error: unknown, kept: () => Promise<string | null>): Promise<ActionOutcome> {
  if (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === REFUSED
  )
    return { outcome: 'refused', reason: error.cause.message };
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || error instanceof TemporalUnavailable)
    return { outcome: 'noWorker' };
  if (!(error instanceof WorkflowNotFoundError)) throw error;
  return (await kept()) === null
    ? { outcome: 'unknownClaim' }
    : { outcome: 'refused', reason: 'the claim has completed' };
}
