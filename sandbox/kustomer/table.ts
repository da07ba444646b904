/** Rows by id, found also by other keys, in the order in which they came. A row that was changed is put again. */
export class Table<Row extends { readonly id: string }> {
  readonly #rows = new Map<string, Row>();
  /** Ids by key, and keys by id. */
  readonly #ids = new Map<string, Set<string>>();
  readonly #keys = new Map<string, readonly string[]>();

  constructor(
    private readonly keysOf: (row: Row) => readonly string[],
    rows: readonly Row[] = [],
  ) {
    for (const row of rows) this.put(row);
  }

  put(row: Row): void {
    this.#forgetKeys(row.id);
    this.#rows.set(row.id, row);
    const keys = this.keysOf(row);
    this.#keys.set(row.id, keys);
    for (const key of keys) this.#ids.set(key, (this.#ids.get(key) ?? new Set()).add(row.id));
  }

  delete(id: string): void {
    this.#forgetKeys(id);
    this.#rows.delete(id);
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  find(key: string): Row[] {
    return [...(this.#ids.get(key) ?? [])].flatMap((id) => this.#rows.get(id) ?? []);
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** The rows alone: what a state file keeps. */
  toJSON(): Row[] {
    return this.all();
  }

  #forgetKeys(id: string): void {
    for (const key of this.#keys.get(id) ?? []) {
      const ids = this.#ids.get(key);
      ids?.delete(id);
      if (ids?.size === 0) this.#ids.delete(key);
    }
    this.#keys.delete(id);
  }
}
