import type { Reply } from '../http/route';
import type { Call, StoreRoute } from './call';
import { asked, ClaimBody } from './claim-filing';
import { claimOfOrder, listedClaim } from './claim-view';
import { connection } from './connection';
import type { Desk } from './desk';
import { fileClaim } from './desk-claims';
import type { Claim, Store } from './state';
import { orderOf, visible, type World } from './world';

const readable = (world: World, store: Store, sourceOrderId?: string): Claim[] =>
  world.state.claims
    .filter(({ claim }) => claim.storeId === store.id && (sourceOrderId ?? claim.sourceOrderId) === claim.sourceOrderId)
    .flatMap((record) => visible(world, record) ?? []);

function ofOrder({ world, store, param }: Call): Reply {
  const { sourceOrderId } = orderOf(world, store, param('sourceOrderId'));
  const claims = readable(world, store, sourceOrderId);
  return { status: 200, body: claims.map((claim) => claimOfOrder(world, claim)) };
}

/** Newest first; there are no filters. */
function list({ world, store, query }: Call): Reply {
  const nodes = readable(world, store).reverse();
  const { edges, pageInfo } = connection(nodes, query);
  return { status: 200, body: { edges: edges.map(({ node }) => ({ node: listedClaim(world, node) })), pageInfo } };
}

/** There is no claim by id: that path is answered like any unknown one. */
export const claimRoutes = (desk: Desk): readonly StoreRoute[] => [
  { method: 'get', path: '/v1/orders/:sourceOrderId/claims', handle: ofOrder },
  { method: 'get', path: '/v1/claims', handle: list },
  {
    method: 'post',
    path: '/v1/claims/:sourceOrderId',
    handle: ({ world, store, param, body }) => {
      const { sourceOrderId } = orderOf(world, store, param('sourceOrderId'));
      fileClaim(desk, { store: store.id, sourceOrderId, ...asked(body(ClaimBody)) });
      // No claim id in the answer: it is read back.
      return { status: 201, body: { status: 'ok' } };
    },
  },
];
