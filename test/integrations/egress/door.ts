import { isIP } from 'node:net';
import { createEgressDispatcher } from '../../../src/integrations/egress/dispatcher';
import { createJudge } from '../../../src/integrations/egress/judge';
import { createHttp, type HttpReply } from '../../../src/integrations/http';
import { allowing } from '../../support/loopback-http';

export interface Door {
  get(url: string, timeoutMs?: number): Promise<HttpReply>;
  /** Each name that was looked up, once for each time. */
  lookups: string[];
}

interface DoorOptions {
  /** As CLAIMKEEPER_EGRESS_ALLOW; nothing unless said. */
  allow?: string;
  /** The addresses of each name: one list for each look-up, the last for all that follow. */
  names?: Record<string, string[][]>;
  ca?: string;
}

/** The guarded door in a world where names mean what the test says. */
export function openDoor({ allow, names = {}, ca }: DoorOptions = {}): Door {
  const lookups: string[] = [];
  const resolve = async (name: string) => {
    const lists = names[name];
    if (lists === undefined) throw Object.assign(new Error(`no such name: ${name}`), { code: 'ENOTFOUND' });
    const before = lookups.filter((other) => other === name).length;
    lookups.push(name);
    return (lists[before] ?? lists.at(-1) ?? []).map((address) => ({ address, family: isIP(address) }));
  };
  const judge = createJudge(allow === undefined ? [] : allowing(allow));
  const http = createHttp(createEgressDispatcher(judge, { resolve, ...(ca === undefined ? {} : { ca }) }));
  return {
    get: (url, timeoutMs) =>
      http({ partner: 'partner', method: 'GET', url, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
    lookups,
  };
}
