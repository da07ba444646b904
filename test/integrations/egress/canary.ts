import { channel } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';

/** A server that answers everybody on every address of this machine, and knows who came. */
export interface Canary {
  port: number;
  /** How often it was connected to. */
  connections(): number;
  /** The `Host` of each request. */
  hosts: string[];
  close(): Promise<void>;
}

/** Keeps connections alive, but for the path `/once`. */
export async function startCanary(): Promise<Canary> {
  let connections = 0;
  const hosts: string[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host ?? '');
    if (request.url === '/once') response.setHeader('connection', 'close');
    response.end('reached');
  }).on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    hosts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The addresses that plain sockets of this process dial from now on, whether or not somebody listens there. */
export function watchDials(): { dialled: string[]; end(): void } {
  const dialled: string[] = [];
  const watch = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    socket.on('connectionAttempt', (address: string) => void dialled.push(address));
  };
  const sockets = channel('net.client.socket');
  sockets.subscribe(watch);
  return { dialled, end: () => void sockets.unsubscribe(watch) };
}
