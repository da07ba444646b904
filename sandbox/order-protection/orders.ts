import type { Reply } from '../http/route';
import type { Call, StoreRoute } from './call';
import { connection, pageCursors } from './connection';
import { OrderProtectionError } from './errors';
import { NewOrderBody, OrderBody } from './order-body';
import { reportByOrder } from './report-by-order';
import type { Order, Store } from './state';
import { nextCuid, orderOf, timestamp, type World } from './world';

const OK = { status: 'ok' };

/** Throws 409 when the store has one of that id. */
export function addOrder(world: World, store: Store, sourceOrderId: string, fields: OrderBody): Order {
  const taken = world.state.orders.some((order) => order.storeId === store.id && order.sourceOrderId === sourceOrderId);
  if (taken) throw new OrderProtectionError(409, `Order ${sourceOrderId} already exists`);
  const now = timestamp(world);
  const order: Order = {
    id: nextCuid(world),
    storeId: store.id,
    sourceOrderId,
    fields,
    policyCancelledAt: null,
    createdAt: now,
    updatedAt: now,
  };
  world.state.orders.push(order);
  return order;
}

function update({ world, store, param, body }: Call): Reply {
  const fields = body(OrderBody);
  const sourceOrderId = param('sourceOrderId');
  const known = world.state.orders.some((order) => order.storeId === store.id && order.sourceOrderId === sourceOrderId);
  const mayCreate = world.settings.unknownOrderUpdate === 'create';
  const order = known || !mayCreate ? orderOf(world, store, sourceOrderId) : addOrder(world, store, sourceOrderId, {});
  order.fields = { ...order.fields, ...fields };
  order.updatedAt = timestamp(world);
  // Our choice: a premium of nothing cancels the protection, and no webhook tells of it.
  if (fields.premiumPaid === 0) order.policyCancelledAt ??= timestamp(world);
  reportByOrder(world, store, order);
  return { status: 200, body: OK };
}

export function orderView(world: World, order: Order) {
  const { orderItems = [], customerEmail, customerName, customerPhone, ...fields } = order.fields;
  const { id, sourceOrderId, policyCancelledAt, createdAt, updatedAt } = order;
  return {
    id,
    sourceOrderId,
    originalOrderId: null,
    fulfillments: [],
    ...fields,
    ...(world.settings.hideCustomer ? {} : { customerEmail, customerName, customerPhone }),
    policyCancelledAt,
    orderItems: orderItems.map((item) => ({
      id: `${id}-${item.sourceItemId}`,
      orderId: id,
      itemDescription: item.description ?? null,
      selectedOptions: [],
      discount: 0,
      tax: 0,
      ...item,
      refundedQuantity: 0,
      createdAt,
      updatedAt,
    })),
    createdAt,
    updatedAt,
  };
}

function list({ world, store, query }: Call): Reply {
  const newestFirst = world.state.orders.filter(({ storeId }) => storeId === store.id).reverse();
  const nodes = newestFirst.map((order) => orderView(world, order));
  return { status: 200, body: { ...connection(nodes, query), ...pageCursors(nodes.length, query) } };
}

function create({ world, store, body }: Call): Reply {
  const { sourceOrderId, ...fields } = body(NewOrderBody);
  addOrder(world, store, sourceOrderId, fields);
  return { status: 201, body: OK };
}

export const orderRoutes: readonly StoreRoute[] = [
  { method: 'get', path: '/v1/orders', handle: list },
  { method: 'post', path: '/v1/orders', handle: create },
  {
    method: 'get',
    path: '/v1/orders/:sourceOrderId',
    handle: ({ world, store, param }) => ({
      status: 200,
      body: orderView(world, orderOf(world, store, param('sourceOrderId'))),
    }),
  },
  { method: 'put', path: '/v1/orders/:sourceOrderId', handle: update },
];
