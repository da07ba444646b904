/**
 * Why a partner did not do what was asked. `unavailable`: no answer, or 5xx; `rateLimited`: asked to wait; `credentials`: the
 * key or token was refused (401, 403); `rejected`: the partner will refuse the same request again, or its address may not be dialled; `gone`: stop sending (410).
 */
export const FAILURE_KINDS = ['unavailable', 'rateLimited', 'credentials', 'rejected', 'gone'] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Whether trying the same again at once is pointless. */
export function isFinal(kind: FailureKind): boolean {
  return kind === 'credentials' || kind === 'rejected' || kind === 'gone';
}
