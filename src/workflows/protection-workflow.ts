import { type ProtectionEvent } from '../claims/protection';
import { protectionWorkflowId } from '../claims/workflow-id';
import { patientBrandBackend } from './activities';
import { requireOwnId } from './own-id';

/** Shipping protection was put on or taken off an order by hand: tells the brand to bill or to give back, until it has taken it. */
export async function protectionWorkflow(input: { brand: string; protection: ProtectionEvent }): Promise<void> {
  requireOwnId(protectionWorkflowId(input.brand, input.protection.eventId));
  const summary = `protection ${input.protection.action}`;
  await patientBrandBackend.sendProtection.executeWithOptions({ summary }, [input]);
}
