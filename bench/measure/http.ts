import { Agent, request } from 'undici';
import { type Site } from '../site/site';

export interface Call {
  method: 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Sends calls over kept connections. What is not answered 200 is thrown. */
export function callerOn(site: Site): (call: Call) => Promise<void> {
  const agent = new Agent({ connections: 64 });
  site.keep({ stop: () => agent.destroy() });
  return async ({ url, ...call }) => {
    const { statusCode, body } = await request(url, { ...call, dispatcher: agent });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${call.method} ${url} was answered ${statusCode}: ${text}`);
  };
}
