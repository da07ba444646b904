import { type Client, isGrpcServiceError } from '@temporalio/client';
import { NamespaceNotFoundError } from '@temporalio/common';
import { TemporalUnavailable } from './temporal-unavailable';

/** gRPC status codes that say: nothing is wrong with the call itself, try it again later (grpc.io, "Status codes"). */
const LATER: ReadonlySet<number> = new Set([
  1, // CANCELLED, by a server that stops
  4, // DEADLINE_EXCEEDED
  7, // PERMISSION_DENIED, until we have a key that may
  8, // RESOURCE_EXHAUSTED
  10, // ABORTED
  14, // UNAVAILABLE
  16, // UNAUTHENTICATED, until we have a valid key
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
    const reason = reasonToWait(error);
    if (reason === null) throw error;
    throw new TemporalUnavailable(`Temporal did not ${what}: ${reason}`, { cause: error });
  }
}

function reasonToWait(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof NamespaceNotFoundError) return `there is no namespace ${cause.namespace}`;
    if (isGrpcServiceError(cause)) return LATER.has(cause.code) ? cause.message : null;
  }
  return null;
}
