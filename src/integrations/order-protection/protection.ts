import { readMoney } from '../../claims/money';
import { type ProtectionEvent } from '../../claims/protection';
import { identifier, object } from '../../claims/reading';
import { type Fields } from '../wire';

const readBody = object({ sourceOrderId: identifier, amount: readMoney }, { id: identifier });

/**
 * Reads `protection.added` and `protection.removed` (Order Protection, Protection added): the amount to charge the customer or
 * to give back. Without the shop's order id or a readable amount the brand could not act, and the reason is given instead.
 */
export function readProtection(
  { orderId, sourceOrderId, amount, currency }: Fields,
  event: { action: ProtectionEvent['action']; occurredAt: string; key: string },
): ProtectionEvent | string {
  const unreadable: string[] = [];
  const body = readBody({ id: orderId, sourceOrderId, amount: { amount, currency } }, '', unreadable);
  if (body === undefined) return `${unreadable.join(', ')} missing or unreadable`;
  if (body.amount.amount.startsWith('-')) return 'the amount is less than nothing';
  const { id } = body;
  return {
    eventId: `prot_${event.key.slice(0, 32)}`,
    action: event.action,
    occurredAt: event.occurredAt,
    order: { sourceOrderId: body.sourceOrderId, ...(id === undefined ? {} : { id }) },
    amount: body.amount,
  };
}
