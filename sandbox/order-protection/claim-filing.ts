import { z } from 'zod';

const Issue = z.strictObject({
  issueType: z.string(),
  quantity: z.int().positive(),
  sourceProductId: z.string().optional(),
  sourceVariantId: z.string().optional(),
  sourceItemId: z.string(),
  details: z.string().optional(),
  images: z.array(z.string()).optional(),
});

/** Create online claim, newer and older page together (Order Protection, "Create online claim"). */
export const ClaimBody = z.strictObject({
  email: z.string().min(1),
  salesChannel: z.enum(['ONLINE', 'IN_STORE']).default('ONLINE'),
  claimCategory: z.enum(['SHIPPING', 'WARRANTY']).default('SHIPPING'),
  fulfillmentIssues: z
    .array(
      z.strictObject({
        sourceFulfillmentId: z.string().optional(),
        fulfillmentSourceId: z.string().optional(),
        issues: z.array(Issue).min(1),
      }),
    )
    .min(1),
  resolution: z
    .strictObject({
      customerSignature: z.string().optional(),
      desiredMethod: z.enum(['RESHIP', 'REFUND', 'STORE_CREDIT']).optional(),
      updatedShippingAddress: z.looseObject({}).optional(),
      warrantyPeriod: z.string().optional(),
    })
    .optional(),
  claimFiledFrom: z.enum(['EXTERNAL', 'INTERNAL']).optional(),
  options: z
    .strictObject({ fromValet: z.boolean().optional(), requireCustomerSignature: z.boolean().optional() })
    .optional(),
});

/** The claim that a body asks for: issues of several types make it MULTIPLE. */
export function asked({ email, fulfillmentIssues, resolution }: z.output<typeof ClaimBody>) {
  const issues = fulfillmentIssues.flatMap((each) => each.issues);
  const types = new Set(issues.map(({ issueType }) => issueType));
  const [type = null] = types;
  return {
    email,
    type: types.size > 1 ? 'MULTIPLE' : type,
    description: issues.flatMap(({ details }) => details ?? []).join(' ') || null,
    items: issues.map(({ sourceItemId, quantity }) => ({ itemId: sourceItemId, quantity })),
    requestedResolution: resolution?.desiredMethod ?? null,
    images: issues.flatMap(({ images }) => images ?? []),
  };
}
