import { type ClaimPath } from '../neutral-claim';
import { labelOf } from './attribute';

/**
 * Where an attribute has its value from: a path in the claim, a constant, a text with paths in braces, or nothing at all
 * (`clear` empties it at each write).
 */
export type Source = string | { const: string | number | boolean } | { template: string } | { clear: true };

/** What a brand wants otherwise than by default, by attribute; null leaves the attribute out of what is written. */
export type Mapping = Readonly<Record<string, Source | null>>;

/** One attribute as it is written. `label` is what Kustomer shows above it. */
export interface MappedAttribute {
  name: string;
  label: string;
  source: Source;
}

/** The Klaim's own fields, which are no custom attributes: every Klaim has them. */
export const OWN_FIELDS = { title: 'claim.title', description: 'claim.description' } as const;

/** An attribute for every field that the Klaim guide names (Order Protection, "Kustomer"), and for what goes with them. */
const DEFAULTS: Readonly<Record<string, { label: string; source: ClaimPath }>> = {
  claimNumberStr: { label: 'Claim number', source: 'claim.number' },
  claimCreatedAt: { label: 'Claim created', source: 'claim.createdAt' },
  statusStr: { label: 'Status', source: 'claim.status' },
  typeStr: { label: 'Type', source: 'claim.type' },
  damageTypeStr: { label: 'Damage type', source: 'claim.damageType' },
  claimDetailsTxt: { label: 'Claim details', source: 'claim.description' },
  imageRequiredBool: { label: 'Image required', source: 'claim.imageRequired' },
  imageLinksTxt: { label: 'Image links', source: 'claim.imageLinks' },
  customerNameStr: { label: 'Customer name', source: 'customer.name' },
  customerEmailStr: { label: 'Customer e-mail', source: 'customer.email' },
  customerPhoneStr: { label: 'Customer phone', source: 'customer.phone' },
  preferredCommunicationStr: { label: 'Preferred communication', source: 'customer.preferredCommunication' },
  orderNumberStr: { label: 'Order number', source: 'order.number' },
  lineItemsTxt: { label: 'Line items', source: 'claim.items' },
  messageSummaryTxt: { label: 'Messages', source: 'claim.messages' },
  requestedResolutionStr: { label: 'Requested resolution', source: 'claim.requestedResolution' },
  resolutionTypeStr: { label: 'Resolution', source: 'resolution.type' },
  resolutionAmountNum: { label: 'Resolution amount', source: 'resolution.amount' },
  resolutionCurrencyStr: { label: 'Resolution currency', source: 'resolution.currency' },
  resolutionAt: { label: 'Resolved', source: 'resolution.at' },
  claimUrl: { label: 'Claim', source: 'claim.url' },
  sourceStr: { label: 'Source', source: 'claim.source' },
};

/** Whether the name is one of the Klaim's own fields. */
export function isOwnField(name: string): name is keyof typeof OWN_FIELDS {
  return Object.hasOwn(OWN_FIELDS, name);
}

/** The custom attributes that a brand's Klaims have: the defaults, changed by its mapping, then its own. */
export function attributesBy(mapping: Mapping): MappedAttribute[] {
  const names = new Set([...Object.keys(DEFAULTS), ...Object.keys(mapping)]);
  return [...names].flatMap((name) => {
    const source = mapping[name] === undefined ? DEFAULTS[name]?.source : mapping[name];
    if (source === undefined || source === null || isOwnField(name)) return [];
    return [{ name, label: DEFAULTS[name]?.label ?? labelOf(name), source }];
  });
}
