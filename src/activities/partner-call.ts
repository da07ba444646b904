import { ApplicationFailure, Context } from '@temporalio/activity';
import { isFinal } from '../claims/failure';
import { startDeadline } from '../integrations/deadline';
import { PartnerError } from '../integrations/partner-error';
import { type tellKeys } from '../keys/with-key';
import { type KeyWait } from '../store/key-waits';
import { type Store } from '../store/store';

/** Shorter than the activity's time-out: an old attempt goes on beside a new one only if the engine has stopped hearing of it. */
const ATTEMPT_MS = 30_000;
/** Well within the heartbeat time-out: a call that takes long is alive, a worker that died is noticed soon. */
const HEARTBEAT_MS = 4_000;

/**
 * Runs one attempt at a partner under a deadline, and gives a partner's failure its place in Temporal: its kind as the failure's
 * type, no retry where that is pointless, the wait that the partner asked for.
 */
export async function partnerCall<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const deadline = startDeadline(ATTEMPT_MS);
  const signal = AbortSignal.any([context.cancellationSignal, deadline.signal]);
  const beat = setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  try {
    return await call(signal);
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    const { kind, message, retryAfterMs } = error;
    throw ApplicationFailure.create({
      type: kind,
      message,
      nonRetryable: isFinal(kind),
      ...(retryAfterMs === undefined ? {} : { nextRetryDelay: retryAfterMs }),
    });
  } finally {
    clearInterval(beat);
    deadline.clear();
  }
}

/** Keeps in the store that a claim waits for a key, so that it is woken in its turn when there is one. */
export async function keepingWait<T>(
  store: Pick<Store, 'keyWaits'>,
  wait: KeyWait,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PartnerError && error.kind === 'credentials') await store.keyWaits.wait(wait);
    throw error;
  }
}

/** The log of the activity that runs. */
export const activityLog: Parameters<typeof tellKeys>[0] = {
  info: (words, fields) => {
    Context.current().log.info(words, fields);
  },
  error: (words, fields) => {
    Context.current().log.error(words, fields);
  },
};

/** What a brand has not configured: nothing can be done until it has. */
export function missing(partner: string, what: string): PartnerError {
  return new PartnerError(partner, 'credentials', `the brand has no ${what}: add it by PUT /v1/brands/{brand}`);
}
