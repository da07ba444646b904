import { type Client, isGrpcServiceError } from '@temporalio/client';
import { TemporalUnavailable } from './temporal-unavailable';

/** gRPC status codes that say: nothing is wrong with the call, try it again later (grpc.io, "Status codes"). */
const LATER: ReadonlySet<number> = new Set([
  1, // CANCELLED, by a server that stops
  4, // DEADLINE_EXCEEDED
  8, // RESOURCE_EXHAUSTED
  10, // ABORTED
  14, // UNAVAILABLE
]);

const DEADLINE_MS = 10_000;

/** Calls Temporal under a deadline; what only needs another try later comes out as {@link TemporalUnavailable}. */
export async function callTemporal<T>(
  client: Client,
  what: string,
  call: () => Promise<T>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + deadlineMs, call);
  } catch (error) {
    if (isLater(error))
      throw new TemporalUnavailable(`Temporal did not ${what} within ${deadlineMs} ms`, { cause: error });
    throw error;
  }
}

function isLater(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (isGrpcServiceError(cause)) return LATER.has(cause.code);
  return false;
}
