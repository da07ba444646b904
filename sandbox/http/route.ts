/** One request as a simulator sees it: read once, so that handlers never touch Express. */
export interface SimRequest {
  readonly method: string;
  /** Path and query as sent, still percent-encoded. */
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; left out, the reply has no body. */
  readonly body?: unknown;
}

export type Handler = (request: SimRequest) => Reply | Promise<Reply>;

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As Express writes it: `/v1/orders/:id`. Of two that match, the earlier wins. */
  readonly path: string;
  readonly handle: Handler;
}
