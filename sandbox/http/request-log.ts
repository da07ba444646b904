import type { SimRequest } from './route';

/** One request and what became of it. */
export interface LoggedRequest {
  readonly n: number;
  readonly at: string;
  readonly method: string;
  readonly url: string;
  /** Names in lower case, without `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON, else the text; null without one. */
  readonly body: unknown;
  /** `open` while it is being answered (or hangs), `cut` when the connection was cut instead of answered. */
  status: number | 'open' | 'cut';
  fault?: string;
  tookMs?: number;
}

export interface RequestFilter {
  readonly method?: string | undefined;
  /** A regular expression, tested against path and query. */
  readonly path?: string | undefined;
}

/** The last requests that a simulator met: what a test reads to prove what the client did. In memory only. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  #count = 0;

  constructor(
    private readonly now: () => number,
    private readonly print: (line: string) => void = () => undefined,
    private readonly keep = 20_000,
  ) {}

  open({ method, url, headers: all, raw }: SimRequest): LoggedRequest {
    this.#count += 1;
    const headers = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'authorization'));
    const entry: LoggedRequest = {
      n: this.#count,
      at: new Date(this.now()).toISOString(),
      method,
      url,
      headers,
      body: readable(raw),
      status: 'open',
    };
    this.#entries.push(entry);
    if (this.#entries.length > this.keep) this.#entries.shift();
    return entry;
  }

  close(entry: LoggedRequest, status: number | 'cut', startedAt: number): void {
    entry.status = status;
    entry.tookMs = Math.round(performance.now() - startedAt);
    this.print(`${entry.method} ${entry.url} ${status}${entry.fault === undefined ? '' : ` (${entry.fault})`}`);
  }

  find({ method, path }: RequestFilter = {}): LoggedRequest[] {
    const pattern = path === undefined ? undefined : new RegExp(path);
    return this.#entries.filter(
      (entry) => (method === undefined || entry.method === method.toUpperCase()) && (pattern?.test(entry.url) ?? true),
    );
  }
}

function readable(raw: string): unknown {
  if (raw === '') return null;
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
