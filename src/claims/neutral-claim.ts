/** The type of each kind of value. Text may have several lines; a time is RFC 3339 UTC. */
interface ValueOf {
  text: string;
  number: number;
  flag: boolean;
  time: string;
  url: string;
}
export type ValueKind = keyof ValueOf;

/** All that a mapping can show of a claim, by path, with the kind of its value. Paths are part of the contract: docs/mapping.md explains each. */
export const CLAIM_PATHS = {
  'claim.id': 'text',
  'claim.number': 'text',
  'claim.title': 'text',
  'claim.createdAt': 'time',
  'claim.status': 'text',
  'claim.statusCode': 'text',
  'claim.type': 'text',
  'claim.typeCode': 'text',
  'claim.damageType': 'text',
  'claim.description': 'text',
  'claim.imageRequired': 'flag',
  'claim.imageLinks': 'text',
  'claim.items': 'text',
  'claim.messages': 'text',
  'claim.requestedResolution': 'text',
  'claim.url': 'url',
  'claim.source': 'text',
  'resolution.type': 'text',
  'resolution.amount': 'number',
  'resolution.currency': 'text',
  'resolution.at': 'time',
  'resolution.reshipOrder': 'text',
  'resolution.refund': 'text',
  'order.id': 'text',
  'order.number': 'text',
  'customer.name': 'text',
  'customer.email': 'text',
  'customer.phone': 'text',
  'customer.externalId': 'text',
  'customer.preferredCommunication': 'text',
} as const satisfies Record<string, ValueKind>;
export type ClaimPath = keyof typeof CLAIM_PATHS;

/** Whether there is such a path. */
export function isClaimPath(text: string): text is ClaimPath {
  return Object.hasOwn(CLAIM_PATHS, text);
}

/** What is known of a claim, in words that belong to no partner; null where nothing is known. A brand's mapping makes its Klaim of it. */
export interface NeutralClaim {
  values: { [P in ClaimPath]: ValueOf[(typeof CLAIM_PATHS)[P]] | null };
  images: string[];
}
