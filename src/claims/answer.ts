import { isMore, moneyOf, sameMoney, type Money } from './money';

/** What a brand did about a resolution, as its callback says it. `amount` and `currency` are a refund's, as decimal text and ISO 4217. */
export type Answer =
  | { outcome: 'reshipped'; reshipOrderId: string }
  | { outcome: 'refunded'; refundId?: string; amount: string; currency: string }
  | { outcome: 'declined'; reason: string };

/** The argument of the signal `resolutionCompleted`. */
export type Completion = { resolutionId: string } & Answer;

/** What an answer is measured against. */
export interface ApprovedTerms {
  kind: string;
  amount: Money | null;
}

export type Judgement =
  | { verdict: 'applied' }
  | { verdict: 'duplicate' }
  | { verdict: 'refused'; reason: 'alreadyAnswered' | 'otherKind' | 'moreMoney' | 'otherCurrency'; expected: string };

const OUTCOME_OF: Readonly<Record<string, Answer['outcome']>> = { refund: 'refunded', reship: 'reshipped' };

/** Two answers are the same when they say the same by value ("28.6" is "28.60"). */
export function sameAnswer(a: Answer, b: Answer): boolean {
  if (a.outcome === 'refunded' && b.outcome === 'refunded')
    return a.refundId === b.refundId && sameMoney(moneyIn(a), moneyIn(b));
  if (a.outcome === 'reshipped' && b.outcome === 'reshipped') return a.reshipOrderId === b.reshipOrderId;
  return a.outcome === 'declined' && b.outcome === 'declined' && a.reason === b.reason;
}

/** The money of a refund. */
export function moneyIn(answer: Extract<Answer, { outcome: 'refunded' }>): Money {
  return { amount: answer.amount, currency: answer.currency };
}

/**
 * The one rule for answers: the first that fits the approval wins, its repeat is a no-op, anything else is refused with what
 * was expected. Less money than approved is the brand's business; more, or another currency or kind, is not.
 */
export function judgeAnswer(terms: ApprovedTerms, accepted: Answer | null, answer: Answer): Judgement {
  if (accepted !== null)
    return sameAnswer(accepted, answer)
      ? { verdict: 'duplicate' }
      : {
          verdict: 'refused',
          reason: 'alreadyAnswered',
          expected: `the answer already accepted: ${describe(accepted)}`,
        };
  if (answer.outcome === 'declined') return { verdict: 'applied' };
  const outcome = OUTCOME_OF[terms.kind];
  if (outcome !== undefined && outcome !== answer.outcome)
    return { verdict: 'refused', reason: 'otherKind', expected: `outcome "${outcome}" or "declined"` };
  if (answer.outcome === 'refunded' && terms.amount !== null) {
    if (answer.currency !== terms.amount.currency)
      return { verdict: 'refused', reason: 'otherCurrency', expected: `currency ${terms.amount.currency}` };
    if (isMore(moneyIn(answer), terms.amount))
      return {
        verdict: 'refused',
        reason: 'moreMoney',
        expected: `at most ${terms.amount.amount} ${terms.amount.currency}`,
      };
  }
  return { verdict: 'applied' };
}

function describe(answer: Answer): string {
  switch (answer.outcome) {
    case 'reshipped':
      return `reshipped as ${answer.reshipOrderId}`;
    case 'refunded':
      return `refunded ${answer.amount} ${answer.currency}`;
    case 'declined':
      return 'declined';
  }
}

const filled = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 512;

/** Reads the argument of the signal `resolutionCompleted`, which any Temporal client may have sent; `null` when it is none. */
export function readCompletion(value: unknown): Completion | null {
  if (typeof value !== 'object' || value === null) return null;
  const { resolutionId, outcome, reshipOrderId, refundId, amount, currency, reason } = value as Record<string, unknown>;
  if (!filled(resolutionId)) return null;
  if (outcome === 'reshipped') return filled(reshipOrderId) ? { resolutionId, outcome, reshipOrderId } : null;
  if (outcome === 'declined') return filled(reason) ? { resolutionId, outcome, reason } : null;
  const money = outcome === 'refunded' && typeof amount === 'string' ? moneyOf(amount, currency) : undefined;
  if (
    money === undefined ||
    money.amount.startsWith('-') ||
    !(refundId === undefined || refundId === null || filled(refundId))
  )
    return null;
  return { resolutionId, outcome: 'refunded', ...money, ...(filled(refundId) ? { refundId } : {}) };
}
