/** The workflow of a claim: `claim:{brand}:{claimId}`. A brand has no colon, so the two can be told apart again. */
export const claimWorkflowId = (brand: string, claimId: string): string => `claim:${brand}:${claimId}`;

/** The claim id in the workflow id of one of the brand's claims. */
export const claimIdIn = (brand: string, workflowId: string): string =>
  workflowId.slice(claimWorkflowId(brand, '').length);

/** The small workflow of one protection event of an order. */
export const protectionWorkflowId = (brand: string, eventId: string): string => `protection:${brand}:${eventId}`;

/** The workflow that brings a brand's open claims up to date with its mapping. */
export const refreshWorkflowId = (brand: string): string => `klaims:${brand}:refresh`;

/** The brand in any workflow id of ours, `{kind}:{brand}:{…}`; null for an id of another form. */
export function brandIn(workflowId: string): string | null {
  const [, brand, rest] = workflowId.split(':');
  return rest === undefined || brand === undefined || brand === '' ? null : brand;
}
