import { randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { type AuditDetails, type AuditOutcome } from '../store/audit';
import { type Store } from '../store/store';

/**
 * Does `work` between two lines of the audit log, as calls of the API have them: `asked` before anything is done, then the result,
 * with what `details` says of it. Nothing is done when the first cannot be written.
 */
export async function onRecord<T>(
  { audit }: Pick<Store, 'audit'>,
  action: string,
  work: () => Promise<T>,
  details: (result: T) => AuditDetails,
): Promise<T> {
  const call = {
    callId: randomUUID(),
    actor: `command line ${userName()}@${hostname()}`,
    action,
    brand: null,
    claimId: null,
  };
  const write = (outcome: AuditOutcome, said: AuditDetails): Promise<unknown> =>
    audit.append({ ...call, outcome, details: said, at: new Date().toISOString() });
  await write('asked', {});
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await write('failed', {});
    throw error;
  }
  await write('done', details(result));
  return result;
}

/** A user of a container may have a number and no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
