/** What a simulator answered. `status` is `cut` when it cut the connection. */
export interface Answer {
  readonly status: number | 'cut';
  readonly body: unknown;
  readonly headers: Record<string, string>;
}

export type Caller = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** Calls a simulator as any client would: over a socket, with a bearer token and JSON. */
export const caller =
  (url: string, token: string): Caller =>
  async (method, path, body) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method, headers, ...sent }).catch(() => undefined);
    if (response === undefined) return { status: 'cut', body: undefined, headers: {} };
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      headers: Object.fromEntries(response.headers),
    };
  };
