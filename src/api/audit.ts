import { type AuditDetails, type AuditOutcome } from '../store/audit';
import { type Caller } from './access';
import { problemOf } from './answer-problems';
import { type ApiParts } from './parts';
import { type RequestRecord } from './request-log';
import { type Reply, type Route } from './route';

/**
 * Whether the calls of a row are kept in the audit log: those by which an operator or an admin changes something. Webhooks and
 * callbacks are not, because the intake log and the ledger hold each of them, and lines are written one after the other.
 */
export function isAudited({ method, requires }: Pick<Route, 'method' | 'requires'>): boolean {
  return method !== 'get' && requires !== 'nothing' && requires !== 'resolve';
}

/**
 * Does `work` between two lines of the audit log: `asked` before anything is done, which fails the call when it cannot be written,
 * and the result. Where the second is missing (the process was killed, the database lost) the result is not known, but
 * that it was asked is. A call that is refused before `asked` has one line.
 */
export async function audited(
  row: Route,
  { id: callId, params, log }: RequestRecord,
  { actor }: Caller,
  { store, now }: Pick<ApiParts, 'store' | 'now'>,
  work: (asked: (details: AuditDetails) => Promise<void>) => Promise<Reply>,
): Promise<Reply> {
  const { brand = null, claimId = null, ...others } = params;
  let known: AuditDetails = others;
  const write = async (outcome: AuditOutcome, details: AuditDetails): Promise<void> => {
    const action = `${row.method.toUpperCase()} ${row.path}`;
    const at = now().toISOString();
    await store.audit.append({ callId, actor, action, brand, claimId, outcome, details: { ...known, ...details }, at });
  };
  const ended = (outcome: AuditOutcome, details: AuditDetails): Promise<void> =>
    write(outcome, details).catch((error: unknown) => {
      log.error({ err: error, outcome, ...details }, 'the result of a call could not be written to the audit log');
    });

  let reply: Reply;
  try {
    reply = await work(async (details) => {
      known = { ...known, ...details };
      await write('asked', {});
    });
  } catch (error) {
    const { status, slug } = problemOf(error);
    await ended(status < 500 ? 'refused' : 'failed', { status, problem: slug });
    throw error;
  }
  await ended('done', { status: reply.status, ...reply.noted });
  return reply;
}
