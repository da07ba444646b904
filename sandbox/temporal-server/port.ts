import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export const HOST = '127.0.0.1';

/** The variables that give the dev server's ports. */
export const PORT_VARIABLES = { port: 'CLAIMKEEPER_TEMPORAL_PORT', uiPort: 'CLAIMKEEPER_TEMPORAL_UI_PORT' } as const;

/** A port is in use. The message names the variables to set. */
export class PortTaken extends Error {
  override name = 'PortTaken';

  constructor(port: number, what: string, remedy: string, options?: ErrorOptions) {
    super(`Port ${port} on ${HOST} is taken, so ${what} cannot start. Stop what uses it, or ${remedy}.`, options);
  }
}

/** Gives the port itself if nothing listens on it, or any free one for 0. Rejects with the system's error (EADDRINUSE). */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  server.listen(wanted, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port');
  return address.port;
}

/** Whether something accepts connections on the port. */
export async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, HOST);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false; // Refused: the answer to the question.
  } finally {
    socket.destroy();
  }
}
