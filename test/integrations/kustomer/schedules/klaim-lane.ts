import { commitReady } from '../../../../src/claims/commit';
import { type ClaimEvent } from '../../../../src/claims/event';
import { isFinal } from '../../../../src/claims/failure';
import { hear } from '../../../../src/claims/hear';
import { klaimBy } from '../../../../src/claims/mapping/klaim-by';
import { nextOf, type Step } from '../../../../src/claims/next';
import { relinkCustomer } from '../../../../src/claims/operate';
import * as outcome from '../../../../src/claims/outcome';
import { beginClaim, type ClaimState, type Policy } from '../../../../src/claims/state';
import { type Http } from '../../../../src/integrations/http';
import { type Kustomer, type KustomerAccess } from '../../../../src/integrations/kustomer/client';
import { PartnerError } from '../../../../src/integrations/partner-error';
import { type Attempt, type Turns } from './turns';

export const POLICY: Policy = {
  approvals: { karla: 'shown' },
  remindAfterHours: 24,
  escalateAfterHours: 72,
  quietHours: 24,
};

type Change = (state: ClaimState, now: string) => ClaimState;
type KlaimStep = Extract<Step, { do: 'syncKlaim' | 'relinkKlaim' }>;
type Result = { change: Change } | { failure: PartnerError };

/** As src/workflows/activities.ts and src/activities/partner-call.ts have them. */
const ATTEMPT_MS = 30_000;
/** Until the engine notices: the last heartbeat that it has heard is older than the loss. */
const UNHEARD_MS = 100;
const GIVE_UP_MS = 120_000;
const retryMs = (attempts: number): number => Math.min(1_000 * 2 ** (attempts - 1), 20_000);

export interface Outside {
  turns: Turns;
  access: KustomerAccess;
  /** A worker's client over this door. */
  clientOver(http: Http): Kustomer;
}

/**
 * The Klaim lane of one claim as the workflow and the engine run it: the real reducer decides, the real client does it, and an attempt
 * that is not heard of is made again by another worker, whether the first is dead or not.
 */
export class KlaimLane {
  state: ClaimState;
  #isBusy = false;

  constructor(
    private readonly claimId: string,
    private readonly outside: Outside,
  ) {
    this.state = beginClaim('acme', claimId, POLICY, this.#now());
  }

  hear(event: ClaimEvent): void {
    this.#take((state, now) => hear(state, event, [], now));
  }

  relink(customerId: string): void {
    this.#take((state, now) => relinkCustomer(state, { actor: 'ops', reason: 'wrong person', customerId }, now));
  }

  #now = (): string => new Date(this.outside.turns.time.now).toISOString();

  #take(change: Change): void {
    this.state = commitReady(change(this.state, this.#now()), this.#now());
    this.#goOn();
  }

  #goOn(): void {
    const next = nextOf('klaim', this.state, this.#now());
    if (this.#isBusy || next === null) return;
    const { turns } = this.outside;
    if ('at' in next) turns.time.after(Date.parse(next.at) - turns.time.now, () => this.#goOn());
    else if (next.step.do === 'syncKlaim' || next.step.do === 'relinkKlaim') void this.#run(next.step);
  }

  async #run(step: KlaimStep): Promise<void> {
    this.#isBusy = true;
    const change = await this.#activity(step);
    this.#isBusy = false;
    this.#take(change);
  }

  async #activity(step: KlaimStep): Promise<Change> {
    const { turns } = this.outside;
    const startedAt = turns.time.now;
    for (let attempts = 1; ; attempts++) {
      const result = await this.#attempt(step);
      if ('change' in result) return result.change;
      const { failure } = result;
      const waitMs = failure.retryAfterMs ?? retryMs(attempts);
      if (isFinal(failure.kind) || turns.time.now + waitMs > startedAt + GIVE_UP_MS)
        return (state, now) => outcome.failed(state, 'klaim', failure, now);
      await turns.time.clock.sleep(waitMs);
    }
  }

  #attempts = 0;

  #attempt(step: KlaimStep): Promise<Result> {
    const { turns, clientOver } = this.outside;
    const end = new AbortController();
    return new Promise((resolve) => {
      let isHeard = true;
      const loseTouch = (): void => {
        isHeard = false;
        const failure = new PartnerError('kustomer', 'unavailable', 'no heartbeat');
        turns.time.after(UNHEARD_MS, () => resolve({ failure }));
      };
      const cancel = turns.time.after(ATTEMPT_MS, () => end.abort(new Error('deadline')));
      const attempt: Attempt = { name: `${this.claimId}#${++this.#attempts}`, die: loseTouch, loseTouch };
      turns.tell(`${attempt.name} begins: ${step.do}`);
      const say = (result: Result): void => {
        cancel();
        turns.tell(`${attempt.name} ends${'failure' in result ? `: ${result.failure.message}` : ''}`);
        if (isHeard) resolve(result);
      };
      this.#call(step, clientOver(turns.door(attempt)), end.signal).then(
        (change) => say({ change }),
        (error: unknown) => {
          if (!(error instanceof PartnerError)) throw error;
          say({ failure: error });
        },
      );
    });
  }

  async #call(step: KlaimStep, client: Kustomer, signal: AbortSignal): Promise<Change> {
    const { claimId } = this;
    const { claim, customer, known, digest, asOf } = step;
    const wanted = { claimId, klaim: klaimBy({}, claim), customer, known, asOf };
    const version = { mappingVersion: 0 };
    if (step.do === 'syncKlaim') {
      const result = await client.syncKlaim(this.outside.access, wanted, { signal });
      if ('supersededBy' in result) return (state, now) => outcome.klaimSynced(state, result, digest, now);
      const { removedDuplicates: _, ...synced } = result;
      return (state, now) => outcome.klaimSynced(state, { ...synced, ...version }, digest, now);
    }
    const moved = { ...wanted, customer: step.customer };
    const relinked = await client.relinkKlaim(this.outside.access, moved, { signal });
    if ('refused' in relinked || 'supersededBy' in relinked)
      return (state, now) => outcome.klaimRelinked(state, relinked, step, now);
    const { removedDuplicates: _, ...made } = relinked;
    return (state, now) => outcome.klaimRelinked(state, { ...made, ...version }, step, now);
  }
}
