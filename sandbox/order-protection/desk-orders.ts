import { z } from 'zod';

import { demoOrder } from './demo-order';
import { orderNamed, type Desk } from './desk';
import { protection } from './events';
import { NewOrderBody } from './order-body';
import { addOrder } from './orders';
import type { Order } from './state';
import { storeOf, timestamp } from './world';

/** An order as the brand sent it; what is left out is made up. */
export const OrderSpec = NewOrderBody.partial().extend({ store: z.string().optional() });
export type OrderSpec = z.input<typeof OrderSpec>;

export function createOrder({ world }: Desk, input: OrderSpec): Order {
  const { store, sourceOrderId, ...fields } = OrderSpec.parse(input);
  const number = 20_417 + world.state.orders.length;
  return addOrder(world, storeOf(world, store), sourceOrderId ?? `BR-${number}`, { ...demoOrder(number), ...fields });
}

export interface Protection {
  readonly topic: 'protection.added' | 'protection.removed';
  readonly orderId: string;
  readonly amount: number;
  readonly currency?: string | undefined;
}

/** By hand, in the dashboard: the only change of protection that is pushed. */
export function protect({ world, webhooks }: Desk, { topic, orderId, amount, currency }: Protection): void {
  const order = orderNamed(world, orderId);
  const added = topic === 'protection.added';
  order.fields = { ...order.fields, premiumPaid: added ? amount : 0 };
  order.policyCancelledAt = added ? null : timestamp(world);
  order.updatedAt = timestamp(world);
  const store = storeOf(world, order.storeId);
  webhooks.emit(store, protection(topic, order, amount, currency ?? order.fields.currency ?? 'USD'));
}
