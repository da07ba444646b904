import { type OrderFields } from './event';
import { type Money } from './money';

/** Shipping protection was put on or taken off an order by hand: the brand is told to bill, or to give the premium back. */
export interface ProtectionEvent {
  /** The same when the event is resent: one small workflow per value. */
  eventId: string;
  action: 'added' | 'removed';
  occurredAt: string;
  order: OrderFields;
  amount: Money;
}
