import { later } from '../lane';
import { time } from '../reading';
import { type Resolution } from '../resolution';
import { type ClaimState } from '../state';
import { note, type Refusal, type Ruling } from './ruling';

export interface DeadlineRuling extends Ruling {
  /** RFC 3339. */
  until: string;
}

const LONGEST_SECONDS = 365 * 24 * 3_600;

/** A deadline is only ever moved away, by a year at most, and only where the brand owes an answer. */
export function refusalToExtend(state: ClaimState, { until }: DeadlineRuling, now: string): Refusal {
  const to = timeIn(until);
  if (to === null) return 'until must be a time such as "2026-03-09T12:00:00Z"';
  if (to <= now) return `until is in the past: it is ${now}`;
  if (to > later(now, LONGEST_SECONDS)) return 'until must be within a year';
  const due = state.resolutions.filter(isOutstanding).map(({ dueAt }) => dueAt);
  if (due.length === 0) return 'the brand owes this claim no answer';
  return due.some((dueAt) => dueAt < to) ? null : `the brand has until ${due.sort()[0] ?? ''} already`;
}

/** Gives the brand longer for what it has not answered: reminded as before, escalated (once more, if it was) only after `until`. */
export function extendDeadline(state: ClaimState, ruling: DeadlineRuling, now: string): ClaimState {
  const to = timeIn(ruling.until) ?? now;
  const resolutions = state.resolutions.map((one) => (isOutstanding(one) && one.dueAt < to ? extended(one, to) : one));
  return note({ ...state, resolutions }, `deadline extended to ${to}`, ruling, now);
}

function extended(resolution: Resolution, dueAt: string): Resolution {
  const { progress } = resolution;
  return progress.state === 'commanded'
    ? { ...resolution, dueAt, progress: { ...progress, escalatedAt: null } }
    : resolution;
}

function isOutstanding({ progress }: Resolution): boolean {
  return progress.state === 'commanded';
}

function timeIn(until: unknown): string | null {
  return time(until, 'until', []) ?? null;
}
