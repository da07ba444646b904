import { type Client } from '@temporalio/client';
import { type Attention } from '../claims/attention';
import { type Source } from '../claims/sources';
import { CLAIM_WORKFLOW, SEARCH_ATTRIBUTES } from '../claims/messages';
import { RESTING_PHASES, type Phase } from '../claims/phase';
import { type ClaimListItem } from '../claims/view';
import { callTemporal } from './call';
import { type ClaimFilter, type ClaimPage, type CompletedClaims, type CompletedItem } from './claims-port';
import { claimIdIn, claimWorkflowId } from '../claims/workflow-id';
import { readPosition, writePosition, type ListPosition } from './list-cursor';
import { openClaimsQuery, quoted, searchAttributesOf } from './visibility';

const PAGE_SIZE = 50;
const FIRST: ListPosition = { list: 'open', token: new Uint8Array() };

/** A page of a brand's claims: open ones from Temporal's visibility and, for the phases in which claims complete, completed ones after them. */
export async function listClaims(
  client: Client,
  completed: CompletedClaims,
  brand: string,
  filter: ClaimFilter,
): Promise<ClaimPage> {
  const position = filter.cursor === undefined ? FIRST : readPosition(filter.cursor);
  if (position.list === 'completed') return completedPage(client, completed, brand, filter, position.cursor);
  const page = await openPage(client, brand, filter, position.token);
  if (page.nextCursor !== null || !withCompleted(filter)) return page;
  return { ...page, nextCursor: writePosition({ list: 'completed', cursor: null }) };
}

function withCompleted({ phase }: ClaimFilter): boolean {
  return phase !== undefined && RESTING_PHASES.includes(phase);
}

async function openPage(client: Client, brand: string, filter: ClaimFilter, from: Uint8Array): Promise<ClaimPage> {
  const response = await callTemporal(client, 'list workflows', () =>
    client.workflowService.listWorkflowExecutions({
      namespace: client.options.namespace,
      query: openClaimsQuery(brand, filter),
      pageSize: PAGE_SIZE,
      nextPageToken: from,
    }),
  );
  const token = Uint8Array.from(response.nextPageToken ?? []);
  return {
    items: response.executions.map(({ execution, searchAttributes }) => {
      const values = searchAttributesOf(searchAttributes);
      return {
        claimId: claimIdIn(brand, execution?.workflowId ?? ''),
        phase: (values[SEARCH_ATTRIBUTES.phase.name] ?? 'incomplete') as Phase,
        attention: (values[SEARCH_ATTRIBUTES.attention.name] ?? 'none') as Attention,
        source: (values[SEARCH_ATTRIBUTES.source.name] ?? null) as Source | null,
        orderId: values[SEARCH_ATTRIBUTES.order.name] ?? null,
        deadline: values[SEARCH_ATTRIBUTES.deadline.name] ?? null,
      };
    }),
    nextCursor: token.length === 0 ? null : writePosition({ list: 'open', token }),
  };
}

async function completedPage(
  client: Client,
  completed: CompletedClaims,
  brand: string,
  { phase, attention, order }: ClaimFilter,
  cursor: string | null,
): Promise<ClaimPage> {
  const page = await completed.list(brand, {
    ...(phase === undefined ? {} : { phase }),
    ...(attention === undefined ? {} : { attention }),
    ...(order === undefined ? {} : { order }),
    ...(cursor === null ? {} : { cursor }),
  });
  const reopened = await openAmong(client, brand, page.items);
  return {
    items: page.items.filter(({ claimId }) => !reopened.has(claimId)).map(itemOf),
    nextCursor: page.nextCursor === null ? null : writePosition({ list: 'completed', cursor: page.nextCursor }),
  };
}

/** A completed claim that was woken again is listed by its open run. */
async function openAmong(client: Client, brand: string, items: readonly CompletedItem[]): Promise<Set<string>> {
  if (items.length === 0) return new Set();
  const ids = items.map(({ claimId }) => quoted(claimWorkflowId(brand, claimId))).join(', ');
  const query = `WorkflowType = ${quoted(CLAIM_WORKFLOW)} AND ExecutionStatus = 'Running' AND WorkflowId IN (${ids})`;
  const namespace = client.options.namespace;
  const response = await callTemporal(client, 'list workflows', () =>
    client.workflowService.listWorkflowExecutions({ namespace, query }),
  );
  return new Set(response.executions.map(({ execution }) => claimIdIn(brand, execution?.workflowId ?? '')));
}

function itemOf({ claimId, phase, attention, source, orderId }: CompletedItem): ClaimListItem {
  return {
    claimId,
    phase: phase as Phase,
    attention: attention as Attention,
    source: source as Source,
    orderId,
    deadline: null,
  };
}
