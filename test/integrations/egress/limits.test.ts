import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { getEventListeners, once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { createEgressDispatcher, MAX_ANSWER_BYTES } from '../../../src/integrations/egress/dispatcher';
import { createJudge } from '../../../src/integrations/egress/judge';
import { createHttp } from '../../../src/integrations/http';
import { until } from '../../../sandbox/claims/until';
import { allowing } from '../../support/loopback-http';
import { startCanary, watchDials } from './canary';
import { openDoor } from './door';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const { get } = openDoor({ allow: '127.0.0.0/8' });

const unavailable = (reason: string | RegExp) => ({
  name: 'PartnerError',
  kind: 'unavailable',
  message: expect.stringMatching(reason),
});

test.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed, wherever it leads', async (status) => {
  const canary = await startCanary();
  for (const location of [`http://127.0.0.1:${canary.port}/`, `//127.0.0.1:${canary.port}/`, '/elsewhere']) {
    const paths: string[] = [];
    const url = await serve(({ url: path = '' }, response) => {
      paths.push(path);
      response.writeHead(status, { location }).end();
    });
    await expect(get(url)).resolves.toMatchObject({ status });
    expect(paths).toEqual(['/']);
  }
  expect(canary.connections()).toBe(0);
  await canary.close();
});

describe('the deadline ends a call', () => {
  test('whose answer does not come', async () => {
    const url = await serve(() => undefined);
    await expect(get(url, 200)).rejects.toMatchObject(unavailable('no answer within 200 ms'));
  });

  test('whose answer drips, however lively it is, and its connection', async () => {
    let dripping: ServerResponse | undefined;
    const url = await serve((_, response) => {
      dripping = response;
      const drip = setInterval(() => response.write('.'), 10);
      response.on('close', () => clearInterval(drip));
    });
    const call = get(url, 300);
    await expect(call).rejects.toMatchObject(unavailable('no answer within 300 ms'));
    if (dripping?.closed === false) await once(dripping, 'close');
    expect(dripping?.writableFinished).toBe(false);
  });

  test('that is not connected yet, and nothing is sent once it is', async () => {
    const seen: unknown[] = [];
    const url = new URL(await serve((request, response) => response.end(seen.push(request.url))));
    let connect = (): void => undefined;
    const resolve = () =>
      new Promise<{ address: string; family: number }[]>((answer) => {
        connect = () => answer([{ address: '127.0.0.1', family: 4 }]);
      });
    const http = createHttp(createEgressDispatcher(createJudge(allowing('127.0.0.1')), { resolve }));
    const call = http({ partner: 'partner', method: 'POST', url: `http://slow.example:${url.port}/`, timeoutMs: 100 });
    await expect(call).rejects.toMatchObject(unavailable('no answer within 100 ms'));
    const connected = once(servers[0] as Server, 'connection');
    connect();
    await connected;
    // As long as a request would take that follows its connection.
    await sleep(100);
    expect(seen).toEqual([]);
  });

  test('that was called off before it began: nothing is dialled', async () => {
    const url = await serve((_, response) => response.end());
    const dials = watchDials();
    const http = createHttp(createEgressDispatcher(createJudge(allowing('127.0.0.1'))));
    const call = http({ partner: 'partner', method: 'GET', url, signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject(unavailable('abort'));
    dials.end();
    expect(dials.dialled).toEqual([]);
  });
});

test('a call that is over leaves nobody waiting for its end: else each would stay in memory for good', async () => {
  const url = await serve((_, response) => response.end());
  const signals = jest.spyOn(AbortSignal, 'any');
  const attempt = new AbortController();
  await createHttp(createEgressDispatcher(createJudge(allowing('127.0.0.1'))))({
    partner: 'partner',
    method: 'GET',
    url,
    signal: attempt.signal,
  });
  const ends = signals.mock.results.map(({ value }) => value as AbortSignal);
  signals.mockRestore();
  expect(ends).toHaveLength(1);
  const listeners = () => [attempt.signal, ...ends].flatMap((signal) => getEventListeners(signal, 'abort'));
  await until('a call that nobody listens for the end of', async () => listeners().length === 0);
});

test('a connection that does not come about is given up after five seconds', async () => {
  const resolve = () => new Promise<never>(() => undefined);
  const http = createHttp(createEgressDispatcher(createJudge([]), { resolve }));
  const call = http({ partner: 'partner', method: 'GET', url: 'http://slow.example/' });
  await expect(call).rejects.toMatchObject(unavailable('no connection within 5000 ms'));
});

describe('an answer', () => {
  const announced = (bytes: number): Promise<string> => serve((_, response) => response.end(Buffer.alloc(bytes, 'a')));

  test('may be as large as the limit', async () => {
    const { body } = await get(await announced(MAX_ANSWER_BYTES));
    expect(body).toHaveLength(MAX_ANSWER_BYTES);
  });

  test('over the limit is not taken', async () => {
    await expect(get(await announced(MAX_ANSWER_BYTES + 1))).rejects.toMatchObject(
      unavailable(`the answer is over ${MAX_ANSWER_BYTES} bytes`),
    );
  });

  test('without an end is cut at the limit, and its connection closed', async () => {
    let endless: ServerResponse | undefined;
    const url = await serve((_, response) => {
      endless = response;
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'a')));
      };
      response.on('drain', pour);
      pour();
    });
    await expect(get(url)).rejects.toMatchObject(unavailable(`the answer is over ${MAX_ANSWER_BYTES} bytes`));
    if (endless?.closed === false) await once(endless, 'close');
    expect(endless?.writableFinished).toBe(false);
  });

  test('with a header over the limit is not taken', async () => {
    const url = await serve((_, response) => response.setHeader('x-long', 'a'.repeat(17_000)).end());
    await expect(get(url)).rejects.toMatchObject(unavailable('the header of the answer is over 16384 bytes'));
  });

  test('is not decompressed, and asked for as it is: a small one cannot become a large one here', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    const asked: unknown[] = [];
    const url = await serve(({ headers }, response) => {
      asked.push(headers['accept-encoding']);
      response.setHeader('content-encoding', 'gzip').end(bomb);
    });
    const { body } = await get(url);
    expect(body.length).toBeLessThanOrEqual(bomb.length);
    expect(asked).toEqual(['identity']);
  });
});
