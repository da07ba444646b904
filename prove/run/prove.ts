import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDeployment, type Deployment } from '../../sandbox/deployment/deployment';
import { type RetrySchedule } from '../../sandbox/http/retry-schedule';
import { type PostgresServer } from '../../sandbox/postgres-server';
import { BUILD, type Role, type ServiceProcess } from '../../sandbox/deployment/service-process';
import { check, type Proof } from '../checker/check';
import { type Outage, type Records } from '../checker/records';
import { OUTAGE_MS, type ChaosScope } from '../plan/chaos';
import { FAULT, KILL_FILE } from '../plan/kill-points';
import { makePlan, type Plan } from '../plan/plan';
import { type FaultName } from '../plan/faults';
import { doChaos, type ChaosParts } from './chaos';
import { countedAtPartners } from './counted';
import { createHappened, type Happened } from './happened';
import { switchFaultsOn } from './partner-faults';
import { play, type Stage } from './play';
import { createPool, type Pool } from './pool';
import { recordsOf } from './records';
import { steadyPart, type Steady } from './steady';

export interface ProveOptions {
  claims: number;
  seed: number;
  /** New claims keep coming for so long after the chaos; 0: only those of the plan. */
  minutes: number;
  /** How long, after the last of the chaos, everything may take to come to its end. */
  settleSeconds: number;
  /** Unless it is all, the product runs in one process. */
  chaos: ChaosScope;
  /** How long claims may take to go on while a partner is down; `OUTAGE_MS` unless given, and never longer. */
  outageMs?: number;
  /** A server for the run's database; one of its own, or the embedded database, unless given. */
  postgres?: PostgresServer;
  /** A known mistake that is put into the product; null for none. */
  fault: FaultName | null;
  /** Gets one line per step. */
  report(line: string): void;
  /** Told now and then how far it is: acts of the chaos and claims, done and in all. */
  progress(done: number, total: number): void;
}

/** What a run came to. */
export interface Verdict {
  seed: number;
  fault: FaultName | null;
  claims: number;
  isProven: boolean;
  /** What was planned and did not happen, or was not checked: then nothing is proven, though nothing may be broken. */
  unfinished: string[];
  proofs: Proof[];
  /** How often each thing really happened. */
  happened: Record<string, number>;
  /** What was done to the product, with times. */
  chaos: { at: string; line: string }[];
  steady: Steady | null;
  /** What the service itself says of some of the claims with which a promise was broken. */
  said: Record<string, unknown>;
  tookSeconds: number;
  records: Records;
}

/** The partners repeat soon, and for ever: what is lost is then lost by the product and not by a sender that gave up. */
const RETRY_SCHEDULE: RetrySchedule = { afterMs: [300, 1_000, 3_000], givesUp: false };
/** A claim at rest completes after 18 s, so that late words begin new runs. */
const POLICY = { quietHours: 0.005 };
/** How long nothing may come any more when everything is as it should be. */
const HOLD_MS = 3_000;
const CHECK_EVERY_MS = 1_000;
/** No act takes so long unless the product is at a standstill; then the run ends here, and nothing is proven. */
const ACT_WITHIN_MS = OUTAGE_MS + 60_000;
const WARM_WITHIN_MS = 240_000;

/** Runs the product as the plan of the seed says and holds what the partners then have on record against the promises. Rejects when it cannot be run. */
export async function prove(options: ProveOptions): Promise<Verdict> {
  const since = Date.now();
  const plan = makePlan(options);
  const folder = await mkdtemp(join(tmpdir(), 'claimkeeper-prove-'));
  const killFileOf = (role: Role): string => join(folder, `${role}.kill`);
  const { report, fault } = options;
  const ending = new AbortController();
  // As many senders wait for it as there are claims on their way.
  setMaxListeners(0, ending.signal);
  const happened = createHappened();
  const victims = new WeakSet<ServiceProcess>();
  let deployment: Deployment | null = null;
  try {
    deployment = await startDeployment({
      inOneProcess: options.chaos !== 'all',
      postgres: options.postgres,
      preload: join(BUILD, 'prove', 'inside', 'preload.js'),
      envOf: (role) => ({ [KILL_FILE]: killFileOf(role), ...(fault === null ? {} : { [FAULT]: fault }) }),
      brand: { policy: POLICY },
      seed: options.seed,
      retrySchedule: RETRY_SCHEDULE,
      report,
      onEnd: (ended) => {
        if (victims.has(ended)) return;
        happened.note(`${ended.role} has ended by itself: ${ended.lastWords()}`);
        happened.count(`${ended.role} ended by itself and was started again`);
      },
    });
    const run = createRun(plan, deployment, options, happened, ending.signal);
    await run.warmUp();
    await switchFaultsOn(deployment.simulators);
    await run.chaos({ killFileOf, victims });
    const steady = options.minutes === 0 ? null : await run.steady(Date.now() + options.minutes * 60_000);
    const proofs = await run.settle();
    const records = structuredClone(run.records());
    const said = await whatTheServiceSays(deployment, proofs);
    const unfinished = run.unfinished(proofs);
    const isKept = proofs.every(({ violations }) => violations.length === 0);
    return {
      seed: plan.seed,
      fault,
      claims: records.claims.length,
      isProven: isKept && unfinished.length === 0 && steady?.isFlat !== false,
      unfinished,
      proofs,
      happened: { ...run.counts(), ...countedAtPartners(records, deployment.simulators) },
      chaos: run.notes(),
      steady,
      said,
      tookSeconds: Math.round((Date.now() - since) / 1_000),
      records,
    };
  } finally {
    ending.abort(new Error('the run is over'));
    await deployment?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The parts of a run, one after the other. */
function createRun(plan: Plan, deployment: Deployment, options: ProveOptions, happened: Happened, signal: AbortSignal) {
  const { report, progress } = options;
  const outages: Outage[] = [];
  const stage: Stage = { simulators: deployment.simulators, happened, signal };
  const pool: Pool = createPool((each) => play(each, stage), signal);
  const probes = plan.chaos.flatMap((act) => (act.do === 'outage' ? act.probes : []));
  const total = plan.chaos.length + plan.claims.length;
  let acts = 0;
  let late: string | null = null;

  const records = (): Records => recordsOf(deployment.simulators, outages);
  const proofs = (): Proof[] => {
    const [failure] = pool.failures();
    if (failure !== undefined) throw new Error('a sender of the proof failed', { cause: failure });
    progress(acts + pool.done(), total);
    return check(records(), [plan.warmUp, ...pool.sent(), ...probes]);
  };

  return {
    records,
    counts: happened.counts,
    notes: happened.notes,

    async warmUp(): Promise<void> {
      await Promise.race([play(plan.warmUp, stage), tooLong(WARM_WITHIN_MS, 'the first claim did not settle')]);
      report('warm: a first claim has gone all the way');
    },

    /** The claims begin spread over the acts, so that each act finds some on their way. */
    async chaos(killing: Pick<ChaosParts, 'killFileOf' | 'victims'>): Promise<void> {
      const parts = { deployment, stage, happened, outageMs: options.outageMs ?? OUTAGE_MS, ...killing };
      const waiting = [...plan.claims];
      const share = Math.ceil(plan.claims.length / plan.chaos.length);
      for (const act of plan.chaos) {
        pool.add(waiting.splice(0, share));
        const outage = await Promise.race([
          doChaos(act, parts),
          sleep(ACT_WITHIN_MS, 'late' as const, { signal, ref: false }),
        ]);
        acts += 1;
        if (outage === 'late') {
          late = `"${act.do}" was not over within ${ACT_WITHIN_MS / 1_000} s: what was to come after it did not happen`;
          happened.note(late);
          break;
        }
        if (outage !== null && outages.push(outage) && proofs().some(hasFinal)) break;
        progress(acts + pool.done(), total);
      }
      pool.add(waiting);
      report('the chaos is over');
    },

    steady: (until: number): Promise<Steady> => steadyPart(plan, pool, deployment, until, report),

    unfinished(found: readonly Proof[]): string[] {
      const waiting = pool.added() - pool.done();
      const mustBeChecked = found.filter(({ id, count }) => count === 0 && (id !== 'P6' || probes.length > 0));
      return [
        ...(late === null ? [] : [late]),
        ...(waiting === 0 ? [] : [`${waiting} claims were still to be told something`]),
        ...mustBeChecked.map(({ id }) => `nothing was there to hold against ${id}`),
      ];
    },

    /** Looks again until all is as it should be and stays so, until something is broken for good, or until time is up. */
    async settle(): Promise<Proof[]> {
      const deadline = Date.now() + options.settleSeconds * 1_000;
      let rightSince: number | null = null;
      for (;;) {
        const found = proofs();
        const isRight = found.every(({ violations }) => violations.length === 0) && pool.done() === pool.added();
        rightSince = isRight ? (rightSince ?? Date.now()) : null;
        const holds = rightSince !== null && Date.now() - rightSince >= HOLD_MS;
        if (holds || Date.now() > deadline) return found;
        if (found.some(hasFinal)) return found.map(onlyFinal);
        await sleep(CHECK_EVERY_MS);
      }
    },
  };
}

/** Of so many claims the whole evidence is kept. */
const EVIDENCE_OF = 3;

/** Only for people who look for the reason: the checker does not believe it. */
async function whatTheServiceSays({ api, addresses: { brand } }: Deployment, proofs: readonly Proof[]) {
  const claims = proofs.flatMap(({ violations }) => violations.flatMap(({ claimId }) => claimId ?? []));
  const said: Record<string, unknown> = {};
  for (const claimId of [...new Set(claims)].slice(0, EVIDENCE_OF)) {
    const answer = await api.call('GET', `/v1/brands/${brand}/claims/${claimId}`).catch(String);
    said[claimId] = typeof answer === 'string' ? answer : answer.body;
  }
  return said;
}

const hasFinal = ({ violations }: Proof): boolean => violations.some(({ isFinal }) => isFinal);

/** Once something is broken for good nobody waits for the rest: what is only unfinished is no violation. */
const onlyFinal = (proof: Proof): Proof => ({
  ...proof,
  violations: proof.violations.filter(({ isFinal }) => isFinal),
});

async function tooLong(ms: number, what: string): Promise<never> {
  await sleep(ms, undefined, { ref: false });
  throw new Error(`${what} within ${ms / 1_000} s`);
}
