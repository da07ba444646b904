import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The version of the product, as package.json has it. */
export const VERSION = '0.1.0';

/** Deliveries that wait to be brought to Temporal. */
export interface Backlog {
  /** Counted up to a bound, so that a look stays cheap. */
  pending: number;
  oldestSeconds: number;
}

/** What is asked for at a scrape. */
export interface Looks {
  backlog(): Promise<Backlog>;
  /** How many keys each partner refuses. */
  refusedKeys(): Promise<{ partner: string; keys: number }[]>;
}

/**
 * What is measured of one process, in the form of Prometheus. Anybody may read it: labels are names of our own (routes, partners,
 * results), never a brand, an id or what somebody sent.
 */
export interface Metrics {
  /** One answered request; `route` is the path as the table has it. */
  request(of: { method: string; route: string; status: string }, seconds: number): void;
  /** One webhook that was stored. */
  webhook(of: { source: string; status: string }): void;
  /** What came of one attempt to bring a delivery to Temporal. */
  dispatched(outcome: string): void;
  /** One attempt of an activity. */
  activity(of: { partner: string; activity: string; result: string }, seconds: number): void;
  readonly contentType: string;
  text(): Promise<string>;
}

const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const ACTIVITY_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** Anybody may ask, as often as they like; the database is asked at most this often. */
const LOOK_MS = 1_000;

/** Measures a process. With `looks` also what stands in the database; what cannot be had is `Nan`, and the scrape goes on. */
export function createMetrics(looks?: Looks): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const about = { name: 'claimkeeper_build_info', help: 'Always 1; says which version runs', registers };
  new Gauge({ ...about, labelNames: ['version', 'node'] }).set({ version: VERSION, node: process.version }, 1);
  const requests = new Histogram({
    name: 'claimkeeper_http_request_duration_seconds',
    help: 'Answered requests, by route and status ("closed": the caller went away)',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers,
  });
  const webhooks = new Counter({
    name: 'claimkeeper_webhooks_total',
    help: 'Webhooks that were answered with 200, by what was answered',
    labelNames: ['source', 'status'],
    registers,
  });
  const dispatched = new Counter({
    name: 'claimkeeper_dispatched_total',
    help: 'Attempts to bring a stored delivery to Temporal, by what came of them',
    labelNames: ['outcome'],
    registers,
  });
  const activities = new Histogram({
    name: 'claimkeeper_activity_duration_seconds',
    help: 'Attempts of activities, by partner and result ("ok", or the kind of failure)',
    labelNames: ['partner', 'activity', 'result'],
    buckets: ACTIVITY_SECONDS,
    registers,
  });
  if (looks !== undefined) addLooks(registry, looks);

  return {
    request: (of, seconds) => requests.observe(of, seconds),
    webhook: (of) => webhooks.inc(of),
    dispatched: (outcome) => dispatched.inc({ outcome }),
    activity: (of, seconds) => activities.observe(of, seconds),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function addLooks(registry: Registry, looks: Looks): void {
  const registers = [registry];
  const backlog = recent(() => looks.backlog());
  new Gauge({
    name: 'claimkeeper_pending_deliveries',
    help: 'Stored deliveries that Temporal does not have yet',
    registers,
    async collect() {
      this.set((await backlog())?.pending ?? NaN);
    },
  });
  new Gauge({
    name: 'claimkeeper_oldest_pending_seconds',
    help: 'How long the oldest of them has waited; 0 when there is none',
    registers,
    async collect() {
      this.set((await backlog())?.oldestSeconds ?? NaN);
    },
  });
  const refused = recent(() => looks.refusedKeys());
  new Gauge({
    name: 'claimkeeper_refused_keys',
    help: "Keys of brands that a partner refuses; GET /v1/brands/{brand} says which brand's",
    labelNames: ['partner'],
    registers,
    async collect() {
      this.reset();
      for (const { partner, keys } of (await refused()) ?? []) this.set({ partner }, keys);
    },
  });
}

/** Looks again only after a while; `null` while it cannot. */
function recent<T>(look: () => Promise<T>): () => Promise<T | null> {
  let lookedAt = -Infinity;
  let seen: Promise<T | null> = Promise.resolve(null);
  return () => {
    if (performance.now() - lookedAt < LOOK_MS) return seen;
    lookedAt = performance.now();
    return (seen = look().catch(() => null));
  };
}
