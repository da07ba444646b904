import { moneyIn } from './answer';
import { isStanding } from './decide';
import { type DecidedResolution } from './event';
import { grantedBy } from './granted';
import { totalOf, type Money } from './money';
import { UNSPECIFIED, type Resolution } from './resolution';
import { waysOf } from './sources';
import { answerOf, isCarriedOut, type ClaimState } from './state';
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

/** What is commanded or was carried out, denied later or not; else a denial with its reasons; else what the source itself says was decided. */
export function shownResolutionOf(state: ClaimState): ShownResolution {
  const { decision, resolutions } = state;
  const live = resolutions.filter((one) => one.progress.state === 'commanded' || isCarriedOut(one));
  if (live.length > 0) return commanded(live);
  if (decision?.verdict === 'denied') {
    const reasons = decision.reasons.map(spoken).join(', ');
    return { ...NOTHING, type: reasons === '' ? 'Denied' : `Denied: ${reasons}`, at: decision.at };
  }
  return stated(state);
}

/** When the source approved: as it told, else as it says when it is read. */
function decidedAt({ decision, reading }: ClaimState): string | null {
  const read = reading?.claim.found === true ? reading.claim.decidedAt : undefined;
  if (decision?.verdict !== 'approved') return read ?? null;
  return decision.from === 'read' ? (read ?? decision.at) : decision.at;
}

function commanded(live: readonly Resolution[]): ShownResolution {
  const answers = live.map(answerOf);
  const dates = live.map((one) => answeredAt(one) ?? one.commandedAt).sort();
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
  const at = decidedAt(state);
  if (waysOf(state)?.settlesItself === true) {
    if (decision?.verdict !== 'approved' || !isStanding(state)) return NOTHING;
    const granted = grantedBy(state, decision).filter(({ kind }) => kind !== UNSPECIFIED);
    const { type } = moneyAndType(granted.map(partOf));
    return { ...NOTHING, type: type === null ? null : `${type} (requested)`, at };
  }
  const claim = reading?.claim;
  if (claim?.found !== true || (claim.status !== 'approved' && claim.status !== 'resolved')) return NOTHING;
  return { ...NOTHING, ...moneyAndType(claim.resolutions.map(partOf)), at };
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

function answeredAt({ progress }: Resolution): string | null {
  return 'answeredAt' in progress ? progress.answeredAt : null;
}

function joined(texts: readonly (string | null)[], separator = ', '): string | null {
  return texts.filter((text) => text !== null).join(separator) || null;
}
