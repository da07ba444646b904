import { failureOf } from '../../http';
import { PARTNER, segment, type Rest } from '../rest';
import { reportByHand } from './manual';
import { type Answered, type ReportOutcome } from './route';

/**
 * The documented order calls: a replacement order names the order that it replaces (Order Protection, Update order,
 * `originalSourceOrderId`). The same words again change nothing there. No call is documented for a refund.
 */
export async function reportByOrders(rest: Rest, answered: Answered): Promise<ReportOutcome> {
  const { answer, sourceOrderId } = answered;
  if (answer.outcome !== 'reshipped' || sourceOrderId === null) return reportByHand(answered);
  const path = `/v1/orders/${segment(answer.reshipOrderId)}`;
  const reply = await rest.send('PUT', path, { originalSourceOrderId: sourceOrderId });
  if (reply.status < 200 || reply.status > 299) throw failureOf(PARTNER, `PUT ${path}`, reply);
  return { done: true };
}
