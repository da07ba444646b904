import { type Answered, type ReportOutcome } from './route';

/** A person tells Order Protection, then confirms it here. */
export function reportByHand({ answer }: Answered): ReportOutcome {
  return {
    done: false,
    reason: `tell Order Protection in its dashboard ${whatWasDone(answer)}, then confirm the report`,
  };
}

function whatWasDone(answer: Answered['answer']): string {
  switch (answer.outcome) {
    case 'reshipped':
      return `that order ${answer.reshipOrderId} was sent`;
    case 'refunded':
      return `that ${answer.amount} ${answer.currency} were refunded${answer.refundId === undefined ? '' : ` (${answer.refundId})`}`;
    case 'declined':
      return `that the brand declined`;
  }
}
