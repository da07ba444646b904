import type { Property } from './metadata-body';

/** The attributes of a Klaim as an org has them that was brought on before: names that end in Kustomer's type suffix. */
export const KLAIM_ATTRIBUTES: Readonly<Record<string, Property>> = {
  claimNumberStr: { displayName: 'Claim number' },
  claimCreatedAt: { displayName: 'Claim created' },
  statusStr: { displayName: 'Status' },
  typeStr: { displayName: 'Type' },
  damageTypeStr: { displayName: 'Damage type' },
  claimDetailsTxt: { displayName: 'Claim details' },
  imageRequiredBool: { displayName: 'Image required' },
  imageLinksTxt: { displayName: 'Image links' },
  customerNameStr: { displayName: 'Customer name' },
  customerEmailStr: { displayName: 'Customer e-mail' },
  customerPhoneStr: { displayName: 'Customer phone' },
  preferredCommunicationStr: { displayName: 'Preferred communication' },
  orderNumberStr: { displayName: 'Order number' },
  lineItemsTxt: { displayName: 'Line items' },
  messageSummaryTxt: { displayName: 'Messages' },
  resolutionTypeStr: { displayName: 'Resolution' },
  resolutionAmountNum: { displayName: 'Resolution amount' },
  resolutionCurrencyStr: { displayName: 'Resolution currency' },
  resolutionAt: { displayName: 'Resolved' },
  claimUrl: { displayName: 'Claim' },
  sourceStr: { displayName: 'Source' },
  requestedResolutionStr: { displayName: 'Requested resolution' },
};
