import { setTimeout as sleep } from 'node:timers/promises';

import type { Request, Response } from 'express';

import type { Faults, Strike } from './faults';
import type { RequestLog } from './request-log';
import type { Handler, Reply, SimRequest } from './route';

/** What answering a request needs to know of the simulator. */
export interface Service {
  readonly faults: Faults;
  readonly log: RequestLog;
  /** A reply in the partner's own shape for a status that a fault or the server itself calls for. */
  statusReply(status: number, request: SimRequest): Reply;
  /** A reply in the partner's own shape for whatever a handler threw. */
  failureReply(error: unknown, request: SimRequest): Reply;
  readonly save: () => Promise<void>;
}

/** Answers one request: faults before, act, commit, faults after. Nothing is answered that is not committed. */
export async function exchange(
  service: Service,
  handle: Handler,
  req: Request,
  res: Response,
  stopping: AbortSignal,
): Promise<void> {
  const request = read(req);
  const entry = service.log.open(request);
  const startedAt = performance.now();
  const strike = service.faults.strike(request);
  if (strike.name !== undefined) entry.fault = strike.name;
  const reply = await reached(service, handle, request, strike, stopping).catch((error: unknown) => {
    if (stopping.aborted) return 'cut' as const;
    throw error;
  });
  service.log.close(entry, reply === 'cut' ? 'cut' : reply.status, startedAt);
  if (reply === 'cut') {
    req.socket.destroy();
    return;
  }
  res.status(reply.status).set(reply.headers ?? {});
  if (reply.body === undefined) res.end();
  else res.json(reply.body);
}

async function reached(
  service: Service,
  handle: Handler,
  request: SimRequest,
  strike: Strike,
  stopping: AbortSignal,
): Promise<Reply | 'cut'> {
  const { fault } = strike;
  const wait = (ms: number) => (ms === 0 ? undefined : sleep(ms, undefined, { signal: stopping }));
  await wait(strike.waitBeforeMs);
  if (fault === 'dropBefore') return 'cut';
  if (typeof fault === 'object') return service.statusReply(fault.status, request);
  if (fault === 'hang') await service.faults.released(stopping);
  const reply = await acted(service, handle, request);
  await wait(strike.waitAfterMs);
  if (fault === 'lostAnswer') return 'cut';
  return fault === 'status500AfterCommit' ? service.statusReply(500, request) : reply;
}

async function acted(service: Service, handle: Handler, request: SimRequest): Promise<Reply> {
  try {
    const reply = await handle(request);
    if (request.method !== 'GET') await service.save();
    return reply;
  } catch (error) {
    return service.failureReply(error, request);
  }
}

function read(req: Request): SimRequest {
  const query = Object.entries(req.query).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return {
    method: req.method,
    url: req.originalUrl,
    params: Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)])),
    query: Object.fromEntries(query) as Record<string, string>,
    headers: Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)])),
    raw: Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '',
  };
}
