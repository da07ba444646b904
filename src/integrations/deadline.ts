/** A signal that aborts after `ms` milliseconds unless it is cleared before. */
export interface Deadline {
  signal: AbortSignal;
  clear(): void;
}

/** Unlike `AbortSignal.timeout` it can be cleared, so that work which is done is not kept in memory until its time is over. */
export function startDeadline(ms: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new DOMException(`not done within ${ms} ms`, 'TimeoutError')), ms);
  timer.unref();
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
