import { setTimeout as sleep } from 'node:timers/promises';
import { type Resolution as Requested } from '../../sandbox/brand-backend/command';
import { type ResolutionSpec } from '../../sandbox/order-protection/resolution';
import { type Simulators } from '../../sandbox/simulators';
import { commandsOf } from '../checker/commands';
import { type ClaimPlan, type Story } from '../plan/claim';
import { type Happened } from './happened';
import { seen } from './look';

const REFUND: ResolutionSpec = { type: 'REFUND', items: [{ itemId: 'li-9001' }] };
const RESHIP: ResolutionSpec = { type: 'RESHIP', items: [{ itemId: 'li-9002' }] };
const APPROVED: Readonly<Record<Exclude<Story, 'denied' | 'forged'>, ResolutionSpec[]>> = {
  refund: [REFUND],
  lateDenial: [REFUND],
  reship: [RESHIP],
  split: [REFUND, RESHIP],
};

/** What the senders of one claim work with. `signal` ends them. */
export interface Stage {
  simulators: Pick<Simulators, 'orderProtection' | 'brandBackend'>;
  happened: Happened;
  signal: AbortSignal;
}

/** Does all that a claim's shopper, Order Protection's staff and the brand are to do by the plan. Rejects when the run ends before. */
export async function play(plan: ClaimPlan, stage: Stage): Promise<void> {
  const pauses = plan.pauses.values();
  const pause = () => sleep(pauses.next().value ?? 0, undefined, { signal: stage.signal });
  await pause();
  await file(plan, stage);
  for (const text of plan.messages) {
    await pause();
    await stage.simulators.orderProtection.postMessage(plan.claimId, text);
  }
  await pause();
  await decide(plan, stage);
  if (plan.afterword === null) return;
  await pause();
  await stage.simulators.orderProtection.postMessage(plan.claimId, plan.afterword);
  stage.happened.count('messages after the end');
}

/** The claim is filed, and protection of its order added where the plan says so. */
export async function file({ claimId, premium }: ClaimPlan, { simulators: { orderProtection } }: Stage): Promise<void> {
  await orderProtection.fileClaim({ claimId, type: 'DAMAGED', description: `What happened to ${claimId}` });
  const orderId = orderProtection.claims().find(({ id }) => id === claimId)?.sourceOrderId;
  if (premium !== null && orderId !== undefined) await orderProtection.addProtection(orderId, premium);
}

/** The decision, and whatever the brand does about it; over when nothing more is to be sent. */
export async function decide(plan: ClaimPlan, stage: Stage): Promise<void> {
  const { claimId, story } = plan;
  const { orderProtection, brandBackend } = stage.simulators;
  if (story === 'denied') return orderProtection.deny(claimId);
  if (story === 'forged') {
    stage.happened.count('forged approvals');
    return orderProtection.sendForged(claimId, [REFUND]);
  }
  const answersBySelf = plan.answering === 'once' && story !== 'lateDenial';
  const policy = answersBySelf
    ? { answer: 'auto' as const, delayMs: plan.answerAfterMs }
    : { answer: 'manual' as const };
  await brandBackend.setPolicy(policy, claimId);
  const approved = APPROVED[story];
  await orderProtection.approve(claimId, approved);
  const requested = await seen(stage.signal, () => {
    const all = requestsOf(stage, claimId);
    return all.length >= approved.length ? all : undefined;
  });
  if (story === 'lateDenial') {
    await sleep(plan.answerAfterMs, undefined, { signal: stage.signal });
    stage.happened.count('denials after the command');
    return orderProtection.deny(claimId);
  }
  if (!answersBySelf) await Promise.all(requested.map((one) => answer(one, plan, stage)));
  // What comes after the end must not be taken for a part of the way there.
  await seen(stage.signal, () => (isResolved(stage, claimId) ? true : undefined));
}

/** What the brand was asked to do, each once. */
function requestsOf({ simulators: { brandBackend } }: Stage, claimId: string): Requested[] {
  const requests = commandsOf(brandBackend.commands(claimId), 'resolution.requested').map(({ body }) => body.data);
  return [...new Map(requests.map((data) => [data.resolutionId, data])).values()];
}

/** Two callbacks at once: the same, or two that contradict each other. The brand has done what the first says. */
async function answer(
  { resolutionId, kind, amount }: Requested,
  { answering, answerAfterMs }: ClaimPlan,
  { simulators: { brandBackend }, happened, signal }: Stage,
): Promise<void> {
  await sleep(answerAfterMs, undefined, { signal });
  const saying = (id: string) =>
    kind === 'reship'
      ? { outcome: 'reshipped', reshipOrderId: `BR-${id}` }
      : { outcome: 'refunded', refundId: `rf_${id}`, ...amount };
  const bodies = answering === 'raced' ? [saying('first'), saying('second')] : [saying('first'), saying('first')];
  happened.count(answering === 'raced' ? 'callbacks raced by another' : 'callbacks doubled');
  await Promise.all(bodies.map((body) => brandBackend.answer(resolutionId, body)));
}

const isResolved = ({ simulators: { orderProtection } }: Stage, claimId: string): boolean =>
  orderProtection.claims().some(({ id, state }) => id === claimId && state === 'RESOLVED_BY_BRAND');
