import { PartnerError } from '../partner-error';
import { type Org } from './org';

/** Kustomer promises no read-after-write: a look-up may miss what was written up to two seconds ago. */
const LAG_MS = 2_200;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

/**
 * Looks until something is found, or until a look that began after Kustomer's lag found nothing: then it is not there. A look
 * without an answer counts as nothing found, because the caller has a failure of its own to tell in that case.
 */
export async function lookAgain<T>(org: Org, look: () => Promise<T | null>): Promise<T | null> {
  const lagEnds = org.now() + LAG_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    const isLast = org.now() >= lagEnds;
    const found = await look().catch(nothingWhenUnavailable);
    if (found !== null || isLast) return found;
    await org.pause(pauseMs);
  }
}

/**
 * Sends a POST. When its answer is lost (no answer, 5xx, unreadable), what it may have made is looked for before the failure is
 * given back: so whoever tries again, tries after Kustomer's lag is over.
 */
export async function sendOnce<T, F>(
  org: Org,
  post: () => Promise<T>,
  look: () => Promise<F | null>,
): Promise<{ sent: T } | { found: F }> {
  try {
    return { sent: await post() };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const found = await lookAgain(org, look);
    if (found === null) throw error;
    return { found };
  }
}

function isUnavailable(error: unknown): boolean {
  return error instanceof PartnerError && error.kind === 'unavailable';
}

function nothingWhenUnavailable(error: unknown): null {
  if (isUnavailable(error)) return null;
  throw error;
}
