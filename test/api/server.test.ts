import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../../src/api/server';

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
