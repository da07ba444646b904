import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';

/**
 * A run serves whom its id names: by the id its payloads are sealed for the brand, and one claim has one workflow. Ends a run whose
 * argument says otherwise; only a foreign starter can have made the mistake.
 */
export function requireOwnId(idOfArgument: string): void {
  const { workflowId } = workflowInfo();
  if (idOfArgument !== workflowId)
    throw ApplicationFailure.nonRetryable(
      `the argument is that of "${idOfArgument}", but this is "${workflowId}": start a workflow with what its id says`,
      'wrongWorkflowId',
    );
}
