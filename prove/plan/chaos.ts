import { between, type Random } from '../../sandbox/http/random';
import { shuffled, type ClaimPlan } from './claim';
import { KILL_POINTS, type KilledRole, type KillPoint } from './kill-points';

/** One act of the chaos; each begins when the one before it is over. `afterMs` is the pause before it. */
export type Chaos = { afterMs: number } & (
  | { do: 'kill'; role: KilledRole; point: KillPoint | null }
  | { do: 'restart'; what: 'temporal' | 'database'; downMs: number }
  /** Kustomer or the brand is down until the probes have shown that they go on, or have not. */
  | { do: 'outage'; partner: 'kustomer' | 'brandBackend'; probes: ClaimPlan[] }
  | { do: 'revokeKey'; forMs: number }
);

/**
 * How long the others have at most for their part while one partner is down: many times what it takes, on a slow machine too. Less than the
 * two minutes for which the product tries one call: what waited for that call to give up would go on after them.
 */
export const OUTAGE_MS = 90_000;

const PROBES = 2;
/** One kill for so many claims, and never fewer than this. */
const CLAIMS_PER_KILL = 8;
const LEAST_KILLS = 4;
/** From this many claims on there is time for what takes a minute to recover from, and for everything twice. */
const LONG_FROM = 50;

/** What of the chaos there is: all, only outages of partners, or nothing. */
export type ChaosScope = 'all' | 'outages' | 'none';

export interface ChaosSize {
  claims: number;
  scope: ChaosScope;
  probe: () => ClaimPlan;
}

/** Every named point comes before one comes twice; every third kill is at any moment. */
export function chaosPlan({ claims, scope, probe }: ChaosSize, random: Random): Chaos[] {
  if (scope === 'none') return [];
  const probes = (): ClaimPlan[] => Array.from({ length: PROBES }, probe);
  const outages: Chaos[] = (['kustomer', 'brandBackend'] as const).map((partner) => ({
    do: 'outage',
    partner,
    probes: probes(),
    afterMs: 4_000,
  }));
  if (scope === 'outages') return outages;
  const pause = (): number => between(random, [200, 2_500]);
  const kills = Math.max(LEAST_KILLS, Math.ceil(claims / CLAIMS_PER_KILL));
  const points = { api: deck(KILL_POINTS.api, random), worker: deck(KILL_POINTS.worker, random) };
  const killed = Array.from({ length: kills }, (_, index): Chaos => {
    const role = index % 2 === 0 ? 'worker' : 'api';
    const point = index % 3 === 2 ? null : points[role].next().value;
    return { do: 'kill', role, point, afterMs: pause() };
  });
  const times = claims >= LONG_FROM ? 2 : 1;
  const restarts = Array.from({ length: times }, () => ['temporal', 'database'] as const).flat();
  const restarted = restarts.map((what): Chaos => ({
    do: 'restart',
    what,
    downMs: between(random, [500, 4_000]),
    afterMs: pause(),
  }));
  const revoked: Chaos[] = claims >= LONG_FROM ? [{ do: 'revokeKey', forMs: 4_000, afterMs: pause() }] : [];
  return shuffled([...killed, ...restarted, ...revoked, ...outages], random);
}

/** Draws without end: all of them, in an order of chance, before one comes again. */
function* deck<T>(values: readonly T[], random: Random): Generator<T, never> {
  for (;;) yield* shuffled(values, random);
}
