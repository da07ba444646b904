import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Duplex } from 'node:stream';
import { documentOf, Problem } from './problem';
import { type Slug } from './problems';

/** Longer than the idle time of common load balancers (60 s), so that it is never this side that closes a connection in use. */
const KEEP_ALIVE_MS = 75_000;
/** A sender that takes longer for its headers, or for all of its request, is cut off. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };
/** Bytes. */
const MAX_HEADER_SIZE = 16 * 1_024;
/** What is in flight at a stop has this long to finish. */
const GRACE_MS = 10_000;

/** A server that listens. */
export interface Listening {
  port: number;
  /** Takes nothing new, finishes what is in flight (within 10 s), then closes every connection. */
  close(): Promise<void>;
}

/** Serves an application on a port (0: a free one). Throws with the remedy when the port cannot be had. */
export async function listen(app: RequestListener, port: number, host?: string, limits = LIMITS): Promise<Listening> {
  const server = createServer({ ...limits, keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_SIZE }, app);
  server.on('clientError', answerUnreadable);
  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw new Error(reasonOf(error, port), { cause: error });
  }
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  // A connection that was busy just now is idle as soon as its answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}

function reasonOf(error: unknown, port: number): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or set PORT to a free one`;
  if (code === 'EACCES') return `Port ${port} may not be used by this user: set PORT to one from 1024 on`;
  return `Cannot listen on port ${port}: set PORT to another one`;
}

/** What Node's server calls what it does not take. */
const SLUG_OF: Readonly<Record<string, Slug>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};

/** What is no HTTP never reaches the application, so its problem document is written here. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable) return;
  const problem = new Problem(SLUG_OF[error.code ?? ''] ?? 'bad-request');
  const document = JSON.stringify(documentOf(problem, randomUUID()));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(document)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${document}`);
}
