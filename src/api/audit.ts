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
export function isAudited({ method, requires, isLook }: Pick<Route, 'method' | 'requires' | 'isLook'>): boolean {
  return method !== 'get' && requires !== 'nothing' && requires !== 'resolve' && !isLook;
}

/** Gives what a look calls before it is answered; the call fails when the line cannot be written. */
export type NoteLook = (row: Route, request: RequestRecord, caller: Caller) => (details: AuditDetails) => Promise<void>;

/**
 * Looks change nothing, but what is looked at may be private. They come in swarms: a page of Temporal Web is dozens of them. So the audit
 * log has one line for all that a caller looks at in the same minute with the same details.
 */
export function createLooks({ store, now }: Pick<ApiParts, 'store' | 'now'>): NoteLook {
  let minute = '';
  const noted = new Map<string, Promise<unknown>>();
  return ({ method, path }, { id: callId }, { actor, brand }) =>
    async (details) => {
      const at = now().toISOString();
      if (at.slice(0, 16) !== minute) noted.clear();
      minute = at.slice(0, 16);
      const action = `${method.toUpperCase()} ${path}`;
      const look = JSON.stringify([actor, action, details]);
      const line = { callId, actor, action, brand, claimId: null, outcome: 'done', details, at } as const;
      const written = noted.get(look) ?? store.audit.append(line);
      noted.set(look, written);
      await written.catch((error: unknown) => {
        noted.delete(look);
        throw error;
      });
    };
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
