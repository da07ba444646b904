import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment } from '../../sandbox/deployment/deployment';
import { type Role } from '../../sandbox/deployment/service-process';
import { type Plan } from '../plan/plan';
import { type Pool } from './pool';

/** One look at a process. */
export interface Sample {
  /** Minutes since the steady part began. */
  minute: number;
  residentMb: number;
  openFiles: number;
}

/** The straight line through the samples after the warm-up. */
export interface Trend {
  role: Role;
  samples: Sample[];
  residentMb: { first: number; last: number; perMinute: number };
  openFiles: { first: number; last: number; perMinute: number };
}

/** What was seen of the processes while claims kept coming and nothing was killed. */
export interface Steady {
  minutes: number;
  claims: number;
  trends: Trend[];
  isFlat: boolean;
}

const CLAIM_EVERY_MS = 2_000;
const SAMPLE_EVERY_MS = 5_000;
/** The first part of the samples is not counted: caches fill, and the heap finds its size. */
const WARM_UP = 0.4;
/** More than this per minute is no noise of the heap any more, but something that is kept. */
export const FLAT = { residentMb: 1, openFiles: 0.5 } as const;

/** Keeps claims coming at an even pace until the time given, nothing being killed, and looks at each process now and then. */
export async function steadyPart(
  plan: Plan,
  pool: Pool,
  deployment: Deployment,
  until: number,
  report: (line: string) => void,
): Promise<Steady> {
  const since = Date.now();
  const before = pool.added();
  const samples = new Map(deployment.roles.map((role) => [role, [] as Sample[]]));
  let sampleAt = since;
  report(`steady: claims keep coming for ${((until - since) / 60_000).toFixed(1)} minutes`);
  while (Date.now() < until) {
    pool.add([plan.more.next().value]);
    if (Date.now() >= sampleAt) {
      for (const [role, seen] of samples) seen.push(...look(deployment.processOf(role).pid(), since));
      sampleAt += SAMPLE_EVERY_MS;
    }
    await sleep(CLAIM_EVERY_MS);
  }
  const trends = [...samples].filter(([, seen]) => seen.length > 0).map(([role, seen]) => trendOf(role, seen));
  return {
    minutes: (Date.now() - since) / 60_000,
    claims: pool.added() - before,
    trends,
    // Where the system does not tell, nothing is known to be flat.
    isFlat:
      trends.length === samples.size &&
      trends.every(
        ({ residentMb, openFiles }) => residentMb.perMinute <= FLAT.residentMb && openFiles.perMinute <= FLAT.openFiles,
      ),
  };
}

/** Nothing where the system does not tell (it is no Linux). */
function look(pid: number | null, since: number): Sample[] {
  if (pid === null) return [];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
  const openFiles = readdirSync(`/proc/${pid}/fd`).length;
  return [{ minute: (Date.now() - since) / 60_000, residentMb: kilobytes / 1_024, openFiles }];
}

function trendOf(role: Role, samples: Sample[]): Trend {
  const counted = samples.slice(Math.floor(samples.length * WARM_UP));
  const fit = (value: (sample: Sample) => number): Trend['openFiles'] => ({
    first: value(counted[0] ?? NONE),
    last: value(counted.at(-1) ?? NONE),
    perMinute: slope(counted.map((sample) => [sample.minute, value(sample)])),
  });
  return {
    role,
    samples,
    residentMb: fit(({ residentMb }) => residentMb),
    openFiles: fit(({ openFiles }) => openFiles),
  };
}

const NONE: Sample = { minute: 0, residentMb: 0, openFiles: 0 };

/** Of the line with the least squares; 0 for fewer than two points. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (of: (point: readonly [number, number]) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  const spread = points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
  if (!(spread > 0)) return 0;
  return points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) / spread;
}
