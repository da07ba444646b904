import fc from 'fast-check';
import { judgeAnswer, type Answer, type Completion } from '../../src/claims/answer';
import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { later } from '../../src/claims/lane';
import { nextOf, type Step } from '../../src/claims/next';
import * as operate from '../../src/claims/operate';
import * as outcome from '../../src/claims/outcome';
import { readDecision } from '../../src/claims/proposals';
import { readBack } from '../../src/claims/read-back';
import { sameMatter, type Approved, type Resolution } from '../../src/claims/resolution';
import { isCarriedOut, type ClaimState } from '../../src/claims/state';
import { anEvent, aReading, NOW, REFUND } from './events';
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
  /** What the brand has done and not said yet. */
  silent: string | null = null;
  wasSilent = false;
  /** Of what was carried out and no longer asked about, an operator has said that it does not stand. */
  readonly settled = new Set<string>();
  /** What the brand has been told, in order. */
  readonly told: string[] = [];
  readonly acted = new Set<string>();
  readonly signals: Completion[] = [];
  readonly pending = new Map<'command' | 'report', Change>();

  take(change: Change): void {
    this.now = later(this.now, 60);
    this.state = commitReady(change(this.state, this.now), this.now);
    this.checkWhatIsDone();
  }

  /** What was carried out, as far as the claim has heard, is neither proposed once more nor left beside a command. */
  private checkWhatIsDone(): void {
    const { proposals } = readDecision(this.state);
    const again = this.done.filter((one) => proposals.some((other) => isSame(one.approvedAs ?? one, other)));
    expect(again).toEqual([]);
    if (this.done.length > 0)
      expect(this.state.resolutions.map(({ progress }) => progress.state)).not.toContain('commanded');
  }

  get done(): Resolution[] {
    return this.state.resolutions.filter(isCarriedOut);
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

  /** A command that the brand has and was not told to let be. */
  private openAt(which: number): string | undefined {
    const open = this.told.filter((id) => this.rows.get(id)?.answer === null && !this.told.includes(`${id} withdrawn`));
    return open[which % Math.max(open.length, 1)];
  }

  /** The brand acts, and says so only later: perhaps after it was told not to act. Meanwhile it does nothing else. */
  actInSilence(which: number): void {
    this.silent ??= this.openAt(which) ?? null;
    this.wasSilent ||= this.silent !== null;
  }

  /** The brand acts on a command, unless it has acted before, and answers. */
  answer(which: number, declines: boolean): void {
    const isDeclined = declines && this.silent === null;
    const id = this.silent ?? this.openAt(which);
    this.silent = null;
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

  /** Nothing else is let go by an operator who sees that something was carried out. */
  settle(which: number, accept: boolean): void {
    const asking = [
      ...readDecision(this.state).proposals.map(({ id }) => id),
      ...this.state.questions.map(({ resolutionId }) => resolutionId),
    ];
    const resolutionId = asking[which % Math.max(asking.length, 1)];
    if (resolutionId === undefined) return;
    const isDone = this.done.some(({ id }) => id === resolutionId);
    if (accept && this.done.length > 0 && !isDone) return;
    if (!accept && isDone) this.settled.add(resolutionId);
    const ruling = { ...RULING, resolutionId, accept };
    if (operate.refusalToConfirm(this.state, ruling) === null)
      this.take((state, at) => operate.confirmResolution(state, ruling, at));
  }

  close(): void {
    if (operate.refusalToClose(this.state) !== null) return;
    this.done.forEach(({ id }) => this.settled.add(id));
    this.take((state, at) => operate.closeClaim(state, RULING, at));
  }

  approve(resolution: typeof REFUND): void {
    const claim = { resolutions: [resolution] };
    this.take((state, at) => hear(state, anEvent('approved', `approved ${at}`, { occurredAt: at, claim }), [], at));
    this.take((state, at) => readBack(state, aReading({ ...claim, updatedAt: at }), state.unread, at));
  }

  override(which: number, terms: { kind: string; amount?: { amount: string; currency: string } }): void {
    if (this.done.length > 0) return;
    const one = this.state.resolutions[which % this.state.resolutions.length];
    const ruling = { ...RULING, resolutionId: one?.id ?? '', ...terms };
    if (operate.refusalToOverride(this.state, ruling, this.now) === null)
      this.take((state, at) => operate.overrideResolution(state, ruling, at));
  }
}

function isSame(a: Approved, b: Approved): boolean {
  return sameMatter(a, b) && a.amount?.amount === b.amount?.amount;
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
  fc.nat(5).map(
    (which): Happening =>
      (world) =>
        world.actInSilence(which),
  ),
  fc.tuple(fc.nat(5), fc.boolean()).map(
    ([which, accept]): Happening =>
      (world) =>
        world.settle(which, accept),
  ),
  fc.constantFrom(REFUND, REFUND, { ...REFUND, amount: { amount: '40.00', currency: 'USD' } }).map(
    (resolution): Happening =>
      (world) =>
        world.approve(resolution),
  ),
  fc.constant<Happening>((world) => world.close()),
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

test('however decisions, operators and answers race, a brand acts once, what it has done is reported or asked about, and it is never told of other terms before it is told to leave the old ones', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (all) => {
      const world = new World();
      all.forEach((happen) => happen(world));
      drain(world);
      if (!world.wasSilent) expect([...world.acted].length).toBeLessThanOrEqual(1);
      const asked = world.state.questions.map(({ resolutionId }) => resolutionId);
      for (const { id, progress } of world.done)
        if (!asked.includes(id) && !world.settled.has(id)) expect([id, progress.state]).toEqual([id, 'reported']);
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
