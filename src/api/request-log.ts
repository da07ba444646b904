import { randomUUID } from 'node:crypto';
import { type RequestHandler, type Response } from 'express';
import { type Logger } from 'pino';
import { type Metrics } from '../metrics';

/** What is known of a request while it is answered: all of it goes into its one line of the log. */
export interface RequestRecord {
  id: string;
  log: Logger;
  /** The path as it stands in the table of routes, once it is found. */
  route: string | null;
  params: Readonly<Record<string, string>>;
  /** What went wrong, if it did. */
  error: unknown;
}

/** The record of the request that is being answered. */
export function requestOf(res: Response): RequestRecord {
  return res.locals['request'] as RequestRecord;
}

/** Gives each request an id (`x-request-id`) and writes one line when it is over. Bodies, queries and tokens are never logged. It is measured as well. */
export function logRequests(log: Logger, metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    const id = randomUUID();
    const record: RequestRecord = { id, log: log.child({ requestId: id }), route: null, params: {}, error: null };
    res.locals['request'] = record;
    res.setHeader('x-request-id', id);
    res.once('close', () => {
      const { route, params, error } = record;
      const ms = performance.now() - began;
      const status = res.writableFinished ? String(res.statusCode) : 'closed';
      metrics.request({ method: req.method, route: route ?? 'none', status }, ms / 1_000);
      const line = {
        method: req.method,
        route,
        ...idsIn(params, res.statusCode),
        status: res.statusCode,
        ms: Math.round(ms),
      };
      if (!res.writableFinished) record.log.info({ ...line, status: null }, 'the caller went away');
      else if (res.statusCode < 500)
        record.log[isProbe(route) || isRejected(route, res.statusCode) ? 'debug' : 'info'](line, 'request');
      else record.log[res.statusCode === 500 ? 'error' : 'warn']({ ...line, err: error }, 'request failed');
    });
    next();
  };
}

/** What is served names something of ours; of other calls only what looks like an id is repeated, because people put anything into a path. */
function idsIn(params: RequestRecord['params'], status: number): RequestRecord['params'] {
  const isId = (value: string): boolean => /^[\w.:#~-]+$/.test(value);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, status < 400 || isId(value) ? value : '…']),
  );
}

/** A rejected webhook has a line of its own, of which there are few however many are sent. */
function isRejected(route: string | null, status: number): boolean {
  return status >= 400 && route?.startsWith('/webhooks/') === true;
}

/** Probes and scrapes come every few seconds and tell nothing new. */
function isProbe(route: string | null): boolean {
  return route === '/healthz' || route === '/readyz' || route === '/metrics';
}
