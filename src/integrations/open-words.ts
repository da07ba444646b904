/**
 * A source's word in ours, in whatever case it is written. Every enum is open: a word that is in no table is carried in lower
 * case, and what is no text passes as it is, so that the reader after it names it as unreadable.
 */
export function openWords(table: Readonly<Record<string, string>>): (value: unknown) => unknown {
  const ours = new Map(Object.entries(table).map(([theirs, word]) => [theirs.toLowerCase(), word]));
  return (value) => {
    if (typeof value !== 'string') return value;
    const word = value.trim().toLowerCase();
    return ours.get(word) ?? word;
  };
}
