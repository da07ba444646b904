import { type Express, type Request, type RequestHandler, type Response } from 'express';
import { ANYONE, identify, isCounted, ON_THIS_MACHINE, permit, type Caller } from './access';
import { audited, createLooks, isAudited, type NoteLook } from './audit';
import { readBody } from './body';
import { isFromThisMachine } from './loopback';
import { type RouteParts } from './parts';
import { createRateLimits, LIMITS, type RateLimits } from './rate-limits';
import { Problem } from './problem';
import { remoteAddressOf } from './remote-address';
import { requestOf } from './request-log';
import { type RawCall, type Reply, type Route } from './route';

/** Puts the table of routes into Express; a served path refuses every other method with 405. */
export function mount(app: Express, routes: readonly Route[], parts: RouteParts): void {
  const noteLook = createLooks(parts);
  const limits = createRateLimits(parts.limits ?? LIMITS);
  for (const path of new Set(routes.map((route) => route.path))) {
    const rows = routes.filter((route) => route.path === path);
    const at = app.route(path.replace(/\{(\w+)\}/g, ':$1'));
    for (const row of rows) at[row.method](serve(row, parts, noteLook, limits));
    at.all(refuse(rows));
  }
}

function serve(row: Route, parts: RouteParts, noteLook: NoteLook, limits: RateLimits): RequestHandler {
  return async (req, res) => {
    const request = requestOf(res);
    request.route = row.path;
    request.params = paramsOf(req);
    const call: Omit<RawCall, 'access' | 'asked'> = {
      params: request.params,
      query: req.query,
      header: (name) => req.get(name),
      body: () => readBody(req, res),
      remoteAddress: remoteAddressOf(req),
      log: request.log,
    };
    const { requires } = row;
    if (requires === 'nothing') {
      const answer = (): Promise<Reply> => row.answer({ ...call, access: ANYONE, asked: unaudited }, parts);
      const door = `${row.name} ${request.params['brand']}`;
      return send(res, row, await (row.webhook === undefined ? answer() : limits.entering(req, res, door, answer)));
    }
    const caller = await limits.entering(req, res, 'token', () => callerOf(row, req, parts));
    if (isCounted(requires)) await limits.calling(req, res, caller);
    const answer = async (asked: RawCall['asked']): Promise<Reply> => {
      permit(requires, request.params['brand'], caller);
      return row.answer({ ...call, access: caller, asked }, parts);
    };
    const noted = row.isLook ? noteLook(row, request, caller) : unaudited;
    send(res, row, await (isAudited(row) ? audited(row, request, caller, parts, answer) : answer(noted)));
  };
}

async function callerOf({ opensOnLoopback }: Route, req: Request, parts: RouteParts): Promise<Caller> {
  const isOpen = opensOnLoopback && parts.codec.opensOnLoopback && isFromThisMachine(req, parts.codec.origins);
  return isOpen ? ON_THIS_MACHINE : identify(req.get('authorization'), parts);
}

const unaudited = async (): Promise<void> => undefined;

/** What cannot be an id (endless, or with control characters, which no database takes) is the id of nothing. */
function paramsOf(req: Request): Record<string, string> {
  const params = Object.entries(req.params).map(([name, value]) => [name, String(value)] as const);
  if (params.some(([, value]) => value.length > 512 || /\p{Cc}/u.test(value))) throw new Problem('unknown-route');
  return Object.fromEntries(params);
}

function send(res: Response, { answers }: Route, reply: Reply): void {
  const form = answers[reply.status];
  if ('text' in reply) res.type(form !== null && form !== undefined && 'mediaType' in form ? form.mediaType : 'text');
  res.status(reply.status).set({ 'cache-control': 'no-store', ...reply.headers });
  if ('text' in reply) res.send(reply.text);
  else if (reply.json === undefined) res.end();
  else res.json(reply.json);
}

function refuse(rows: readonly Route[]): RequestHandler {
  const allow = rows.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
  return (req) => {
    throw new Problem('method-not-allowed', `${req.method} is not served here; ${allow} is.`, { headers: { allow } });
  };
}
