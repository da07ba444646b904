import { type ProtectionEvent } from '../claims/protection';
import { patientBrandBackend } from './activities';

/** Shipping protection was put on or taken off an order by hand: tells the brand to bill or to give back, until it has taken it. */
export async function protectionWorkflow(input: { brand: string; protection: ProtectionEvent }): Promise<void> {
  const summary = `protection ${input.protection.action}`;
  await patientBrandBackend.sendProtection.executeWithOptions({ summary }, [input]);
}
