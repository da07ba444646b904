import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that can be held up: what is sent meanwhile, either way, arrives when it goes on. */
export interface StallingProxy {
  /** The address of the database through it. */
  url: string;
  stall(): void;
  goOn(): void;
  stop(): void;
}

/** @param database the address of a PostgreSQL database. */
export async function startStallingProxy(database: string): Promise<StallingProxy> {
  const url = new URL(database);
  const folder = url.searchParams.get('host');
  const port = Number(url.port || 5432);
  const server = folder === null ? { host: url.hostname, port } : { path: `${folder}/.s.PGSQL.${port}` };
  const sockets = new Set<Socket>();
  let isStalled = false;
  const pass = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.pipe(to);
    from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
    if (isStalled) from.unpipe(to);
  };
  const resume: (() => void)[] = [];
  const listener = createServer((near) => {
    const far = connect(server);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      pass(from, to);
      resume.push(() => from.pipe(to));
    }
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url: url.href,
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.unpipe();
    },
    goOn() {
      isStalled = false;
      for (const again of resume) again();
    },
    stop() {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
