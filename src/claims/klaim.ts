/** The value of a custom attribute; `null` clears it. */
export type AttributeValue = string | number | boolean | null;

/** The complete wanted state of a claim's Klaim in Kustomer: it is written whole each time. */
export interface Klaim {
  title: string;
  description: string;
  images: string[];
  custom: Record<string, AttributeValue>;
}

/** Kustomer, "Create KObject": characters of a text, images in the list. `text` holds for `Str` and `Txt` attributes. */
export const KLAIM_LIMITS = { title: 256, description: 10_240, text: 1_024, images: 20 } as const;

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

/** A Klaim that has been written, and the version of the brand's mapping by which it was. */
export interface WrittenKlaim extends KlaimIds {
  mappingVersion: number;
}
