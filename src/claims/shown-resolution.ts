import { moneyIn } from './answer';
import { isStanding } from './decide';
import { type DecidedResolution } from './event';
import { grantedBy } from './granted';
import { totalOf, type Money } from './money';
import { UNSPECIFIED, type Resolution } from './resolution';
import { waysOf } from './sources';
import { answerOf, type ClaimState } from './state';
import { resolutionText, spoken } from './words';

/** What a Klaim shows of a claim's resolutions, all in one; null where there is nothing to show. */
export interface ShownResolution {
  type: string | null;
  amount: number | null;
  currency: string | null;
  at: string | null;
  reshipOrder: string | null;
  refund: string | null;
}

const NOTHING: ShownResolution = {
  type: null,
  amount: null,
  currency: null,
  at: null,
  reshipOrder: null,
  refund: null,
};

/** A denial with its reasons; else what was commanded; else what the source itself says was decided. */
export function shownResolutionOf(state: ClaimState): ShownResolution {
  const { decision } = state;
  if (decision?.verdict === 'denied') {
    const reasons = decision.reasons.map(spoken).join(', ');
    return { ...NOTHING, type: reasons === '' ? 'Denied' : `Denied: ${reasons}`, at: decision.at };
  }
  const live = state.resolutions.filter(
    ({ progress }) => !['contested', 'withdrawn', 'declined'].includes(progress.state),
  );
  return live.length > 0 ? commanded(live) : stated(state);
}

function commanded(live: readonly Resolution[]): ShownResolution {
  const answers = live.map(answerOf);
  const dates = live.map(dateOf).sort();
  return {
    ...moneyAndType(live.map((one) => ({ kind: one.kind, amount: moneyOf(one) }))),
    at: dates.at(-1) ?? null,
    reshipOrder: joined(answers.map((answer) => (answer?.outcome === 'reshipped' ? answer.reshipOrderId : null))),
    refund: joined(answers.map((answer) => (answer?.outcome === 'refunded' ? (answer.refundId ?? null) : null))),
  };
}

/** What a source grants that settles by itself is what the customer asked for: whether it was done, it does not tell. */
function stated(state: ClaimState): ShownResolution {
  const { decision, reading } = state;
  const approvedAt = decision?.verdict === 'approved' ? decision.at : null;
  if (waysOf(state)?.settlesItself === true) {
    if (decision?.verdict !== 'approved' || !isStanding(state)) return NOTHING;
    const granted = grantedBy(state, decision).filter(({ kind }) => kind !== UNSPECIFIED);
    const { type } = moneyAndType(granted.map(partOf));
    return { ...NOTHING, type: type === null ? null : `${type} (requested)`, at: approvedAt };
  }
  const claim = reading?.claim;
  if (claim?.found !== true || (claim.status !== 'approved' && claim.status !== 'resolved')) return NOTHING;
  return { ...NOTHING, ...moneyAndType(claim.resolutions.map(partOf)), at: approvedAt };
}

interface Part {
  kind: string;
  amount: Money | null;
}

const partOf = ({ kind, amount }: DecidedResolution): Part => ({ kind, amount: amount ?? null });

/** Sums of several currencies are none: then each amount stands beside its kind. */
function moneyAndType(parts: readonly Part[]): Pick<ShownResolution, 'type' | 'amount' | 'currency'> {
  const amounts = parts.flatMap(({ amount }) => amount ?? []);
  const total = totalOf(amounts);
  const isMixed = total === undefined && amounts.length > 0;
  const texts = parts.map(({ kind, amount }) =>
    isMixed && amount !== null ? `${resolutionText(kind)} ${amount.amount} ${amount.currency}` : resolutionText(kind),
  );
  const type = joined([...new Set(texts)], ' + ');
  return { type, amount: total?.total ?? null, currency: total?.currency ?? null };
}

/** The money that moved, or will by the approval. */
function moneyOf(resolution: Resolution): Money | null {
  const answer = answerOf(resolution);
  return answer?.outcome === 'refunded' ? moneyIn(answer) : resolution.amount;
}

function dateOf({ progress, commandedAt }: Resolution): string {
  return progress.state === 'answered' || progress.state === 'reported' ? progress.answeredAt : commandedAt;
}

function joined(texts: readonly (string | null)[], separator = ', '): string | null {
  return texts.filter((text) => text !== null).join(separator) || null;
}
