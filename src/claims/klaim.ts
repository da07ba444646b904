/** The value of a custom attribute; `null` clears it. */
export type AttributeValue = string | number | boolean | null;

/** The complete wanted state of a claim's Klaim in Kustomer: it is written whole each time. */
export interface Klaim {
  title: string;
  description: string;
  images: string[];
  custom: Record<string, AttributeValue>;
}

/** Who the claim is from, as far as is known: what finds or creates the customer. */
export interface CustomerIdentity {
  email: string | null;
  externalId: string | null;
  name: string | null;
  phone: string | null;
}

/** Which Klaim and customer a claim has in Kustomer. */
export interface KlaimIds {
  klaimId: string;
  customerId: string | null;
}
