import fc from 'fast-check';
import { judgeAnswer, type Answer, type Completion } from '../../src/claims/answer';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { later } from '../../src/claims/lane';
import { nextOf, type Step } from '../../src/claims/next';
import * as operate from '../../src/claims/operate';
import * as outcome from '../../src/claims/outcome';
import { type Resolution } from '../../src/claims/resolution';
import { type ClaimState } from '../../src/claims/state';
import { anEvent, NOW } from './events';
import { commandedClaim, RULING } from './operated';

type Change = (state: ClaimState, now: string) => ClaimState;

/** A row of the ledger, as far as races go. */
interface Row {
  resolution: Resolution;
  answer: Answer | null;
  isWithdrawn: boolean;
}

/** A claim, its ledger, and a brand that does what it is told and not told to let be; each lane does one thing at a time. */
class World {
  now = NOW;
  state = commandedClaim();
  readonly rows = new Map<string, Row>();
  /** What the brand has been told, in order. */
  readonly told: string[] = [];
  readonly acted = new Set<string>();
  readonly signals: Completion[] = [];
  readonly pending = new Map<'command' | 'report', Change>();

  take(change: Change): void {
    this.now = later(this.now, 60);
    this.state = commitReady(change(this.state, this.now), this.now);
  }

  /** The activity acts on the world; its result comes back later. `isLost`: it acted on the ledger alone, and failed then. */
  begin(lane: 'command' | 'report', isLost: boolean): void {
    if (this.pending.has(lane)) return;
    const next = nextOf(lane, this.state, this.now);
    if (next === null || !('step' in next)) return;
    const change = this.perform(next.step, isLost);
    const failure = { kind: 'unavailable', message: 'no answer' } as const;
    this.pending.set(lane, change ?? ((state, at) => outcome.failed(state, lane, failure, at)));
  }

  finish(lane: 'command' | 'report'): void {
    const change = this.pending.get(lane);
    this.pending.delete(lane);
    if (change !== undefined) this.take(change);
  }

  private perform(step: Step, isLost: boolean): Change | null {
    if (step.do === 'sendCommand') {
      expect(this.state.hold).toBeNull();
      const { resolution } = step;
      if (!this.rows.has(resolution.id)) this.rows.set(resolution.id, { resolution, answer: null, isWithdrawn: false });
      // One id, one set of terms.
      expect(this.rows.get(resolution.id)?.resolution.amount).toEqual(resolution.amount);
      if (isLost) return null;
      this.told.push(resolution.id);
      return (state, at) => outcome.commandSent(state, resolution.id, at);
    }
    if (step.do === 'withdraw') {
      const row = this.rows.get(step.resolutionId);
      if (row !== undefined && row.answer === null) row.isWithdrawn = true;
      if (isLost) return null;
      const answered = row?.answer ?? null;
      if (row !== undefined && answered === null) this.told.push(`${step.resolutionId} withdrawn`);
      return (state, at) => outcome.withdrawalTold(state, step.resolutionId, answered, at);
    }
    if (step.do === 'settleAnswer')
      return (state, at) => outcome.answerSettled(state, step.completion, { accepted: true, answeredAt: at }, at);
    if (step.do !== 'report') throw new Error(`no ${step.do} in this world`);
    expect(this.state.hold).toBeNull();
    return (state, at) => outcome.reported(state, step.resolution.id, null, at);
  }

  /** The brand acts on one of the commands that it has and was not told to let be, and answers. */
  answer(which: number, isDeclined: boolean): void {
    const open = this.told.filter((id) => this.rows.get(id)?.answer === null && !this.told.includes(`${id} withdrawn`));
    const id = open[which % Math.max(open.length, 1)];
    const row = id === undefined ? undefined : this.rows.get(id);
    if (id === undefined || row === undefined) return;
    const answer: Answer = isDeclined
      ? { outcome: 'declined', reason: 'no' }
      : row.resolution.kind === 'reship'
        ? { outcome: 'reshipped', reshipOrderId: 'BR-1' }
        : { outcome: 'refunded', amount: '1', currency: 'USD' };
    expect(judgeAnswer(row.resolution, row.answer, answer).verdict).toBe('applied');
    row.answer = answer;
    if (!isDeclined) this.acted.add(id);
    this.signals.push({ resolutionId: id, ...answer });
  }

  hearAnswer(): void {
    const completion = this.signals.shift();
    if (completion !== undefined) this.take((state) => outcome.answerSignalled(state, completion));
  }

  override(which: number, terms: { kind: string; amount?: { amount: string; currency: string } }): void {
    const one = this.state.resolutions[which % this.state.resolutions.length];
    const ruling = { ...RULING, resolutionId: one?.id ?? '', ...terms };
    if (operate.refusalToOverride(this.state, ruling, this.now) === null)
      this.take((state, at) => operate.overrideResolution(state, ruling, at));
  }
}

type Happening = (world: World) => void;
const lane = fc.constantFrom<'command' | 'report'>('command', 'command', 'report');
const terms = fc.constantFrom(
  { kind: 'reship' },
  { kind: 'refund' },
  { kind: 'refund', amount: { amount: '20.00', currency: 'USD' } },
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(lane, fc.integer({ min: 0, max: 4 })).map(
    ([name, luck]): Happening =>
      (world) =>
        world.begin(name, luck === 0),
  ),
  lane.map(
    (name): Happening =>
      (world) =>
        world.finish(name),
  ),
  lane.map((name): Happening => (world) => {
    world.begin(name, false);
    world.finish(name);
  }),
  fc.tuple(fc.nat(5), fc.boolean()).map(
    ([which, declines]): Happening =>
      (world) =>
        world.answer(which, declines),
  ),
  fc.constant<Happening>((world) => world.hearAnswer()),
  fc.tuple(fc.nat(5), terms).map(
    ([which, other]): Happening =>
      (world) =>
        world.override(which, other),
  ),
  fc.constantFrom<Happening>(
    (world) => operate.refusalToHold(world.state) ?? world.take((state, at) => operate.hold(state, RULING, at)),
    (world) => operate.refusalToRelease(world.state) ?? world.take((state, at) => operate.release(state, RULING, at)),
  ),
  fc.integer({ min: 1, max: 200 }).map((hours): Happening => (world) => {
    const ruling = { ...RULING, until: later(world.now, hours * 3_600) };
    if (operate.refusalToExtend(world.state, ruling, world.now) !== null) return;
    world.take((state, at) => operate.extendDeadline(state, ruling, at));
  }),
  fc.constant<Happening>((world) =>
    world.take((state, at) => hear(state, anEvent('denied', `denied ${at}`, { occurredAt: at }), [], at)),
  ),
);

function drain(world: World): void {
  if (world.state.hold !== null) world.take((state, at) => operate.release(state, RULING, at));
  for (let turn = 0; turn < 60; turn++) {
    world.now = later(world.now, 3_600);
    for (const name of ['command', 'report'] as const) {
      world.finish(name);
      const next = nextOf(name, world.state, world.now);
      if (next !== null && 'step' in next && !['remind', 'escalate'].includes(next.step.do)) world.begin(name, false);
    }
    world.hearAnswer();
  }
}

test('however overriding, holding and answers race, a brand acts once, and is never told of other terms before it is told to leave the old ones', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (all) => {
      const world = new World();
      all.forEach((happen) => happen(world));
      drain(world);
      expect([...world.acted].length).toBeLessThanOrEqual(1);
      for (const [index, id] of world.told.entries())
        for (const old of world.rows.get(id)?.resolution.insteadOf ?? []) {
          const row = world.rows.get(old);
          const before = world.told.slice(0, index);
          if (before.includes(old) && row?.answer?.outcome !== 'declined') expect(before).toContain(`${old} withdrawn`);
        }
      const answered = world.state.resolutions.filter(({ id }) => world.rows.get(id)?.answer != null);
      for (const { progress } of answered)
        expect(['answered', 'reported', 'declined', 'withdrawn']).toContain(progress.state);
    }),
    { numRuns: 2_000 },
  );
});
