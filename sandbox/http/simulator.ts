import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';

import { commonActions, controlRouter, type Actions } from './control';
import { exchange, type Service } from './exchange';
import type { Courier } from './courier';
import type { Faults } from './faults';
import type { LoggedRequest, RequestFilter } from './request-log';
import type { Route } from './route';

/** What every simulator can be started with. */
export interface SimulatorOptions {
  /** On the loopback address; 0, the default, takes a free one. */
  readonly port?: number;
  /** Where its state is kept across restarts; without it the state lives in memory. */
  readonly stateFile?: string;
  /** Gets one line per request. */
  readonly log?: (line: string) => void;
  /** Milliseconds since the epoch; the clock of everything the simulator says. */
  readonly now?: () => number;
  /** Of the generator behind everything that happens by chance. */
  readonly seed?: number;
}

export interface Simulator {
  readonly url: string;
  readonly faults: Faults;
  /** The last requests met, oldest first (`/_control` not among them). */
  readonly requests: (filter?: RequestFilter) => LoggedRequest[];
  /** Cuts every connection and stops; again, it does nothing. What was saved stays. */
  readonly stop: () => Promise<void>;
}

interface Plan extends Service {
  readonly name: string;
  readonly port: number;
  readonly bodyLimit: number;
  readonly routes: readonly Route[];
  readonly actions: Actions;
  /** What sends requests of its own: stopped first. */
  readonly courier?: Courier;
}

/** Serves a simulator's routes and its `/_control`. Throws when the port is taken. */
export async function startSimulator(plan: Plan): Promise<Simulator> {
  const { faults, log } = plan;
  const stopping = new AbortController();
  const answer = (handle: Route['handle']) => (req: express.Request, res: express.Response) =>
    exchange(plan, handle, req, res, stopping.signal);

  const app = express().disable('x-powered-by');
  app.use(
    '/_control',
    controlRouter({ ...commonActions(faults, log), ...plan.actions }, () => plan.save()),
  );
  app.use(express.raw({ type: () => true, limit: plan.bodyLimit }));
  for (const route of plan.routes) app[route.method](route.path, answer(route.handle));
  app.use(answer((request) => plan.statusReply(404, request)));
  app.use((error: unknown, req: express.Request, res: express.Response, _next: express.NextFunction) =>
    answer((request) => plan.statusReply(statusOf(error), request))(req, res),
  );

  const server = await listen(createServer(app), plan);
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= close(server, stopping, plan.courier));
  return { url: `http://127.0.0.1:${port}`, faults, requests: (filter) => log.find(filter), stop };
}

async function listen(server: Server, { name, port }: Plan): Promise<Server> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  } catch (error) {
    throw new Error(`The ${name} simulator cannot listen on port ${port}: choose another`, { cause: error });
  }
}

async function close(server: Server, stopping: AbortController, courier?: Courier): Promise<void> {
  await courier?.stop();
  stopping.abort();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** The status that Express's body reader and router give an error: 413, 400. */
const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
