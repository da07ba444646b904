import type { Claim, Message, Resolution } from './state';
import type { World } from './world';

/** What both reads of claims show. */
function common(claim: Claim, order: { sourceOrderNumber: string | null }) {
  return {
    id: claim.id,
    storeId: claim.storeId,
    orderId: claim.orderId,
    sourceOrderId: claim.sourceOrderId,
    sourceOrderNumber: order.sourceOrderNumber,
    authorName: claim.authorName,
    authorEmail: claim.authorEmail,
    claimDescription: claim.description,
    claimState: claim.state,
    isOta: false,
    otaDescription: null,
    externalSource: 'api',
    claimType: claim.type,
    policyId: `pol_${claim.orderId}`,
    createdAt: claim.createdAt,
    updatedAt: claim.updatedAt,
    deletedAt: null,
    claimItems: claim.items.map((item) => ({
      ...item,
      claimId: claim.id,
      createdAt: claim.createdAt,
      updatedAt: claim.createdAt,
      deletedAt: null,
    })),
  };
}

const message = (world: World, claim: Claim, { id, text, authorName, medias }: Message) => ({
  id,
  claimId: claim.id,
  message: text,
  authorName,
  medias: world.settings.medias === 'strings' ? medias : medias.map((url) => ({ url, type: 'image' })),
});

const sourceOrderNumber = ({ state }: World, claim: Claim): { sourceOrderNumber: string | null } => ({
  sourceOrderNumber: state.orders.find(({ id }) => id === claim.orderId)?.fields.sourceOrderNumber ?? null,
});

/** A claim as `GET /v1/claims` shows it: the poorer shape. */
export const listedClaim = (world: World, claim: Claim) => ({
  ...common(claim, sourceOrderNumber(world, claim)),
  claimMessages: claim.messages.map((each) => message(world, claim, each)),
  claimResolutions: claim.resolutions.map(({ id, type, createdAt, deletedAt }) => ({
    id,
    claimId: claim.id,
    resolution: type,
    claimState: claim.state,
    createdAt,
    updatedAt: deletedAt ?? createdAt,
    deletedAt,
  })),
});

/** A claim as `GET /v1/orders/{sourceOrderId}/claims` shows it: with senders, amounts and dates. */
export const claimOfOrder = (world: World, claim: Claim) => ({
  ...common(claim, sourceOrderNumber(world, claim)),
  claimFiledFrom: claim.filedFrom,
  customerId: `cus_${claim.orderId}`,
  resolutionRequested: claim.requestedResolution,
  resolutionDate: claim.resolutionDate,
  claimMessages: claim.messages.map((each) => ({ senderType: each.sender, ...message(world, claim, each) })),
  claimResolutions: claim.resolutions.map((each) => paid(claim, each)),
});

const paid = (claim: Claim, { id, type, details, createdAt, deletedAt }: Resolution) => ({
  id,
  claimId: claim.id,
  userId: 'usr_9',
  resolutionType: type,
  resolutionDetails: details.items.map((item) => `${item.quantity} × ${item.item_name}`).join(', '),
  paidValue: details.total_refund_amount,
  paidCurrency: details.currency,
  paidOriginalValue: details.total_refund_amount,
  includeShipping: details.shipping_amount > 0,
  shippingAmount: details.shipping_amount,
  creditStore: type === 'STORE_CREDIT',
  createdAt,
  updatedAt: deletedAt ?? createdAt,
  deletedAt,
});
