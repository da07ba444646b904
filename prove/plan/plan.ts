import { seededRandom } from '../../sandbox/http/random';
import { chaosPlan, type Chaos, type ChaosScope } from './chaos';
import { claimPlans, completing, type ClaimPlan } from './claim';

/** All that a run will do: decided by its seed before it begins. */
export interface Plan {
  seed: number;
  /** Goes all the way through before anything is broken, so that the processes are warm. */
  warmUp: ClaimPlan;
  claims: ClaimPlan[];
  chaos: Chaos[];
  /** More claims for as long as a run is told to go on. None of them stays open: what a worker keeps of open claims must not hide what it never lets go of. */
  more: Generator<ClaimPlan, never>;
}

export interface PlanSize {
  claims: number;
  seed: number;
  chaos: ChaosScope;
}

/** The plan of a run. */
export function makePlan({ claims: count, seed, chaos: scope }: PlanSize): Plan {
  const random = seededRandom(seed);
  const plans = claimPlans(seed, random);
  const plain = (): ClaimPlan => ({
    ...plans.next().value,
    story: 'refund',
    answering: 'once',
    answerAfterMs: 1_500,
    messages: [],
    afterword: null,
  });
  const warmUp = plain();
  const claims = Array.from({ length: count }, () => plans.next().value);
  const chaos = chaosPlan({ claims: count, scope, probe: plain }, random);
  return { seed, warmUp, claims, chaos, more: completing(plans) };
}
