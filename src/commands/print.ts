import Table from 'cli-table3';

/** Writes to standard output, which is the program's own: the log goes to standard error. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** A table of plain text, as narrow as it can be. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [], compact: true } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  print(tableOf(head, rows));
}
