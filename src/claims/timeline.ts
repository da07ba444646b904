/** One line of a claim's history: when, what, and who did it. `key` names the event it came from, so that a repeat adds nothing. */
export interface TimelineEntry {
  at: string;
  what: string;
  by: string;
  key?: string;
}

/** Enough for a person; the whole history is Temporal's. */
export const TIMELINE_LIMIT = 200;

/** Adds one line in the order of time; a line with a known key changes nothing; the oldest give way. */
export function addEntry(timeline: readonly TimelineEntry[], entry: TimelineEntry): TimelineEntry[] {
  if (entry.key !== undefined && timeline.some(({ key }) => key === entry.key)) return [...timeline];
  const after = timeline.findIndex((other) => compare(other, entry) > 0);
  const at = after === -1 ? timeline.length : after;
  return [...timeline.slice(0, at), entry, ...timeline.slice(at)].slice(-TIMELINE_LIMIT);
}

function compare(a: TimelineEntry, b: TimelineEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  const [left, right] = [a.key ?? '', b.key ?? ''];
  return left === right ? 0 : left < right ? -1 : 1;
}
