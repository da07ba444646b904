import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type Express } from 'express';
import pino from 'pino';
import { createApi } from '../../src/api/app';
import { type Limits } from '../../src/api/rate-limits';
import { listen } from '../../src/api/server';
import { createMetrics } from '../../src/metrics';
import { createReceive } from '../../src/intake/receive';
import { createRejectionLog } from '../../src/intake/rejections';
import { type Http } from '../../src/integrations/http';
import { createBudget } from '../../src/integrations/kustomer/budget/budget';
import { createKustomerSetup } from '../../src/integrations/kustomer/setup';
import { PartnerError } from '../../src/integrations/partner-error';
import { brandInput } from '../../src/store/brand-config';
import { createJudge } from '../../src/integrations/egress/judge';
import { type Database } from '../../src/store/database';
import { type Store } from '../../src/store/store';
import { type Scope } from '../../src/store/tokens';
import { createPayloadSeal } from '../../src/temporal/payload-seal';
import { createRemoteCodec } from '../../src/temporal/remote-codec';
import { openStore, vault } from '../store/open-stores';
import { anyDatabase } from '../support/databases';
import { allowing, loopbackHttp } from '../support/loopback-http';
import { FakeClaims } from './fake-claims';

export const ADMIN = 'admin-token-of-the-environment';
/** From where the build takes it. */
export const DOCS_SCRIPT = join(__dirname, '../../node_modules/@scalar/api-reference/dist/browser/standalone.js');
export const SECRET = 'webhook-secret-of-the-brand';
/** The web page that may have payloads decoded. */
export const TEMPORAL_WEB = 'https://temporal.example';
/** The brand's shop at Karla: that of Karla's published sample. */
export const SHOP = '7af5390b-1425-4af6-a00d-e5f5184a7b51';

/** An answer, with its body as text and, where it is JSON, as a value. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

export interface Ask {
  token?: string | undefined;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  body?: string | Buffer;
  headers?: Record<string, string>;
}

/** The real API over real HTTP, on a real database; only Temporal is played. */
export interface RunningApi {
  readonly url: string;
  readonly app: Express;
  readonly store: Store;
  readonly database: Database;
  readonly claims: FakeClaims;
  /** The lines of the log. */
  readonly log: readonly string[];
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** Makes a brand that takes webhooks with {@link SECRET}, and a token for each scope. */
  newBrand(brand: string, config?: object): Promise<Record<Scope, string>>;
  stop(): Promise<void>;
}

const door = loopbackHttp();
/** A simulator can be reached, at 127.0.0.1 alone; the real Kustomer is as if it were down. */
const loopbackOnly: Http = (request) => {
  if (new URL(request.url).hostname === '127.0.0.1') return door(request);
  throw new PartnerError(request.partner, 'unavailable', `${request.method} failed: tests dial nobody`);
};

/** Tests do wrong all day long, from one address. */
const NO_LIMITS: Limits = { wrongProofs: 1_000_000, callsOfToken: 1_000_000 };

/** Starts it, on any database unless told. */
export async function startApi(
  kind = anyDatabase(),
  { opensOnLoopback = false, now = (): Date => new Date(), trustedProxies = [] as string[], limits = NO_LIMITS } = {},
): Promise<RunningApi> {
  const { store, database } = await openStore(kind);
  const claims = new FakeClaims();
  const lines: string[] = [];
  const stream = new Writable({ write: (chunk, _encoding, done) => void (lines.push(String(chunk)), done()) });
  const log = pino({ level: 'info' }, stream);
  const seal = createPayloadSeal(vault, (reason) => log.warn({ reason }, 'a Temporal payload cannot be opened'));
  const rejections = createRejectionLog(log);
  const metrics = createMetrics({
    backlog: () => store.deliveries.backlog(),
    refusedKeys: () => store.refusedKeys.count(),
  });
  const app = createApi({
    store,
    claims,
    kustomer: createKustomerSetup({ http: loopbackOnly, budget: createBudget(store.requestBudgets) }),
    receive: createReceive({ store, now }),
    rejections,
    trustedProxies,
    limits,
    codec: { remote: createRemoteCodec(seal), origins: [TEMPORAL_WEB], opensOnLoopback },
    judgeAddress: createJudge(allowing('127.0.0.1')),
    adminToken: ADMIN,
    docsScript: DOCS_SCRIPT,
    metrics,
    log,
    now,
  });
  const { port, close } = await listen(app, 0, '127.0.0.1');
  const address = `http://127.0.0.1:${port}`;

  async function ask(method: string, path: string, { token, json, body, headers = {} }: Ask = {}): Promise<Answer> {
    const sent = json === undefined ? body : JSON.stringify(json);
    const reply = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await reply.text();
    const isJson = reply.headers.get('content-type')?.includes('json') === true && text !== '';
    const value = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: reply.status, headers: reply.headers, text, json: value };
  }

  return {
    url: address,
    app,
    store,
    database,
    claims,
    log: lines,
    ask,
    async newBrand(brand, config = {}) {
      await store.brands.put(
        brand,
        brandInput.parse({
          name: brand,
          orderProtection: { webhookSecrets: [SECRET] },
          karla: { shopId: SHOP, shopSlug: 'gokarla', webhookSecrets: [SECRET] },
          ...config,
        }),
      );
      const mint = async (scope: Scope): Promise<[Scope, string]> => [
        scope,
        (await store.tokens.mint({ brand, name: scope, scopes: [scope] })).token,
      ];
      return Object.fromEntries(
        await Promise.all((['read', 'resolve', 'operate', 'admin'] as const).map(mint)),
      ) as Record<Scope, string>;
    },
    async stop() {
      await close();
      rejections.stop();
      await store.close();
    },
  };
}
