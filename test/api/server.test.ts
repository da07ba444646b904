import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { connect } from 'node:net';
import { listen, type Listening } from '../../src/api/server';

const hello: RequestListener = (_req, res) => void res.end('hello');

test('a port that is taken is a message that names PORT', async () => {
  const first = await listen(hello, 0, '127.0.0.1');
  await expect(listen(hello, first.port, '127.0.0.1')).rejects.toThrow(
    `Port ${first.port} is taken: stop what uses it, or set PORT to a free one`,
  );
  await first.close();
});

test('a stop lets a request in flight finish, takes no new one, and leaves no connection behind', async () => {
  let arrived = (): void => undefined;
  let finish = (): void => undefined;
  const inFlight = new Promise<void>((resolve) => (arrived = resolve));
  const slow: RequestListener = (_req, res) => {
    finish = () => void res.end('done');
    arrived();
  };
  const { port, close } = await listen(slow, 0, '127.0.0.1');
  const agent = new Agent({ keepAlive: true });
  const call = request({ port, host: '127.0.0.1', agent }).end();
  const reply = once(call, 'response') as Promise<[IncomingMessage]>;
  await inFlight;
  const closed = close();
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
  finish();
  const [message] = await reply;
  expect(await text(message)).toBe('done');
  await closed;
  agent.destroy();
});

test('a second stop does nothing', async () => {
  const { close } = await listen(hello, 0, '127.0.0.1');
  await close();
  await close();
});

describe('what a stranger may cost', () => {
  const limits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };
  let server: Listening;
  beforeAll(async () => {
    const echo: RequestListener = (req, res) =>
      void text(req).then(
        (body) => res.end(body),
        () => res.destroy(),
      );
    server = await listen(echo, 0, '127.0.0.1', limits);
  });
  afterAll(() => server.close());

  /** Writes what it is given, says nothing more, and gives what is answered until the server ends the connection. */
  async function saying(start: string): Promise<{ status: string; type: unknown }> {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(start);
    const reply = await text(socket);
    const [head = '', body = '{}'] = reply.split('\r\n\r\n');
    return { status: head.slice(9, 12), type: (JSON.parse(body) as Record<string, unknown>)['type'] };
  }

  test.each([
    ['whose headers never end', 'POST / HTTP/1.1\r\nhost: x\r\nx-one: 1\r\n'],
    ['whose body never ends', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n12345'],
  ])('a request %s is cut off with 408', async (_name, start) => {
    expect(await saying(start)).toEqual({ status: '408', type: '/problems/request-timeout' });
  });

  test('headers without end are cut off with 431', async () => {
    const start = `POST / HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(17 * 1_024)}`;
    expect(await saying(start)).toEqual({ status: '431', type: '/problems/headers-too-large' });
  });

  test('a connection on which nothing is said is ended', async () => {
    expect((await saying('')).status).toMatch(/^(408)?$/);
  });
});
