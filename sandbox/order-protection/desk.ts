import type { Order } from './state';
import type { Webhooks } from './webhooks';
import type { World } from './world';

/** Where shoppers and Order Protection's staff act: each act changes the state and, where the partner pushes it, tells the webhook. */
export interface Desk {
  readonly world: World;
  readonly webhooks: Webhooks;
}

/** By Order Protection's id or the shop's. Throws when there is none. */
export function orderNamed({ state: { orders } }: World, id: string): Order {
  const order = orders.find((each) => each.id === id || each.sourceOrderId === id);
  if (order === undefined) throw new Error(`no order ${id} in the Order Protection simulator`);
  return order;
}
