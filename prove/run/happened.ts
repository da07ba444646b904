/** How often each thing really happened, by the words in which it is shown. */
export interface Happened {
  count(what: string, times?: number): void;
  /** One line with its time, for the evidence. */
  note(line: string): void;
  counts(): Record<string, number>;
  notes(): { at: string; line: string }[];
}

export function createHappened(): Happened {
  const counts = new Map<string, number>();
  const notes: { at: string; line: string }[] = [];
  return {
    count: (what, times = 1) => void counts.set(what, (counts.get(what) ?? 0) + times),
    note: (line) => void notes.push({ at: new Date().toISOString(), line }),
    counts: () => Object.fromEntries(counts),
    notes: () => notes,
  };
}

const KILLED = ' killed: ';

/** What a kill of a process is counted as. */
export const killOf = (role: string, where: string): string => `${role}${KILLED}${where}`;

/** How many processes of the product were killed. */
export function killsIn(counts: Readonly<Record<string, number>>): number {
  return Object.entries(counts).reduce((sum, [what, count]) => (what.includes(KILLED) ? sum + count : sum), 0);
}
