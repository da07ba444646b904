/** Exclusive work across all processes. */
export interface LeaseStore {
  /**
   * Does `work` while nobody else holds `key`, waiting for its turn. A holder that dies loses the lease after `seconds`, so
   * `work` must end well within them. @throws the reason of `signal` when it is aborted while waiting.
   */
  withLease<T>(key: string, seconds: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}
