import { type Figure } from './figure';

/** What a figure has to keep to. */
export interface Budget {
  /** The name of the figure. */
  of: string;
  atLeast?: number;
  atMost?: number;
}

/** `near`: missed by no more than the figure differs from round to round. */
export type Verdict = 'met' | 'near' | 'missed';

export function verdictOn({ atLeast = -Infinity, atMost = Infinity }: Budget, { median, spread }: Figure): Verdict {
  const shortBy = Math.max(atLeast - median, median - atMost);
  if (shortBy <= 0) return 'met';
  return shortBy <= spread ? 'near' : 'missed';
}
