import { setTimeout as wait } from 'node:timers/promises';
import { isGrpcServiceError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { EventType } = temporal.api.enums.v1;
const NOT_FOUND = 5;
const LOOK_AGAIN_MS = 5;

/** An event of a claim's history: its kind, and which of that kind it is. */
export interface Point {
  type: string;
  /** From 1. */
  nth: number;
}

const typeOf = ({ eventType }: temporal.api.history.v1.IHistoryEvent): string =>
  EventType[eventType ?? 0]?.replace('EVENT_TYPE_', '') ?? 'unknown';

type Page = temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse;

/** Every event of a workflow's history, in order. */
export async function pointsIn(client: Client, workflowId: string): Promise<Point[]> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory();
  const counts = new Map<string, number>();
  return (events ?? []).map((event) => {
    const type = typeOf(event);
    const nth = (counts.get(type) ?? 0) + 1;
    counts.set(type, nth);
    return { type, nth };
  });
}

/** Resolves as soon as the server has written this event of a workflow (which may not have begun), or the workflow has ended without it. */
export async function untilWritten(client: Client, workflowId: string, { type, nth }: Point): Promise<void> {
  let nextPageToken: Uint8Array | null = null;
  for (let seen = 0; seen < nth;) {
    try {
      const page: Page = await client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId },
        waitNewEvent: true,
        nextPageToken,
      });
      seen += (page.history?.events ?? []).filter((event) => typeOf(event) === type).length;
      nextPageToken = page.nextPageToken ?? null;
      if ((nextPageToken ?? []).length === 0) return;
    } catch (error) {
      if (!isGrpcServiceError(error) || Number(error.code) !== NOT_FOUND) throw error;
      await wait(LOOK_AGAIN_MS);
    }
  }
}
