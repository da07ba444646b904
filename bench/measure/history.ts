import { setTimeout as wait } from 'node:timers/promises';
import { type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

const { EventType } = temporal.api.enums.v1;
type Event = temporal.api.history.v1.IHistoryEvent;

export async function historyOf(client: Client, workflowId: string): Promise<Event[]> {
  return (await client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
}

const isLocalActivity = ({ markerRecordedEventAttributes }: Event): boolean =>
  markerRecordedEventAttributes?.markerName === 'core_local_activity';

/**
 * What Temporal counts as actions (docs.temporal.io/cloud/actions): starts, signals, updates, timers, changes of search attributes,
 * each attempt of an activity, and all local activities of one workflow task together.
 */
export function actionsIn(events: readonly Event[]): number {
  const tasksWithLocalActivities = new Set(
    events
      .filter(isLocalActivity)
      .map((event) => String(event.markerRecordedEventAttributes?.workflowTaskCompletedEventId)),
  );
  return events.reduce(
    (total, event) => total + (ACTIONS[event.eventType ?? 0]?.(event) ?? 0),
    tasksWithLocalActivities.size,
  );
}

const ACTIONS: Readonly<Record<number, (event: Event) => number>> = {
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED]: () => 1,
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED]: () => 1,
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED]: () => 1,
  [EventType.EVENT_TYPE_TIMER_STARTED]: () => 1,
  [EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]: () => 1,
  [EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED]: ({ activityTaskStartedEventAttributes }) =>
    activityTaskStartedEventAttributes?.attempt ?? 1,
};

/** How many activities, local ones too, were done after each signal and before the next. */
export function activitiesPerSignal(events: readonly Event[]): number[] {
  const counts: number[] = [];
  for (const event of events) {
    if (event.eventType === EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED) counts.push(0);
    if (event.eventType === EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED || isLocalActivity(event))
      counts.push((counts.pop() ?? 0) + 1);
  }
  return counts;
}

/** Events of a claim over all its runs: a run that became too long was continued by the next. */
export async function eventsSoFar(client: Client, workflowId: string): Promise<number> {
  let total = 0;
  let runId: string | undefined;
  do {
    const run = client.workflow.getHandle(workflowId, runId);
    total += (await run.describe()).historyLength;
    runId = await earlierRun(client, workflowId, runId);
  } while (runId !== undefined);
  return total;
}

const AT_REST_AFTER_MS = 500;

/** Events of these claims over all their runs, as soon as no more of them come. */
export async function eventsAtRest(client: Client, workflowIds: readonly string[]): Promise<number> {
  const look = async (): Promise<number> => {
    const each = await Promise.all(workflowIds.map((workflowId) => eventsSoFar(client, workflowId)));
    return each.reduce((total, count) => total + count, 0);
  };
  let [before, now] = [NaN, await look()];
  while (now !== before) {
    await wait(AT_REST_AFTER_MS);
    [before, now] = [now, await look()];
  }
  return now;
}

async function earlierRun(client: Client, workflowId: string, runId?: string): Promise<string | undefined> {
  const { history } = await client.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId, ...(runId === undefined ? {} : { runId }) },
    maximumPageSize: 1,
  });
  return history?.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
}
