import { continueAsNew, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { refreshWorkflowId } from '../claims/workflow-id';
import { refresh } from './activities';
import { mappingChangedSignal } from './messages';
import { requireOwnId } from './own-id';

/** Visibility lags behind: a claim that was started just before is listed by then. */
const SETTLE = '5s';

/**
 * A brand's mapping has changed: tells its open claims, page by page, with a rest after each so that live claims keep most of the
 * brand's requests. A change meanwhile begins anew. `page` is where an earlier run stopped.
 */
export async function refreshKlaimsWorkflow({
  brand,
  page = null,
}: {
  brand: string;
  page?: string | null;
}): Promise<void> {
  requireOwnId(refreshWorkflowId(brand));
  let changes = 0;
  setHandler(mappingChangedSignal, () => {
    changes += 1;
  });
  let from = page;
  if (from === null) await sleep(SETTLE);
  for (;;) {
    const before = changes;
    const { next, restMs } = await refresh.refreshKlaims.executeWithOptions({ summary: 'tell a page of open claims' }, [
      { brand, page: from },
    ]);
    if (next === null && changes === before) return;
    await sleep(Math.max(1, restMs));
    from = changes === before ? next : null;
    if (workflowInfo().continueAsNewSuggested)
      return continueAsNew<typeof refreshKlaimsWorkflow>({ brand, page: from });
  }
}
