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

/**
 * Who the claim is from, as far as is known: what finds or creates the customer. `customerId` is the one in Kustomer that an operator
 * has named, `orderEmail` the order's e-mail where it is another than the claim's, `country` (two letters of ISO 3166-1) the one by
 * which a phone number without a country is read.
 */
export interface CustomerIdentity {
  customerId: string | null;
  email: string | null;
  orderEmail: string | null;
  externalId: string | null;
  name: string | null;
  phone: string | null;
  country: string | null;
}

/** With the customer in Kustomer whom an operator has named. */
export type NamedCustomer = CustomerIdentity & { customerId: string };

/**
 * How the customer of a Klaim was found: the first of these that leads to one, else it was created. `existing`: the Klaim was there
 * already, and none of them leads to its customer, because somebody has moved it.
 */
export const MATCHES = ['operator', 'email', 'orderEmail', 'externalId', 'created', 'existing'] as const;
export type MatchedBy = (typeof MATCHES)[number];

/** Which Klaim and customer a claim has in Kustomer. */
export interface KlaimIds {
  klaimId: string;
  customerId: string | null;
}

/** A Klaim that has been written: how its customer was found, and the version of the brand's mapping by which it was written. */
export interface WrittenKlaim extends KlaimIds {
  matchedBy: MatchedBy;
  mappingVersion: number;
}

/** Nothing was written, because the Klaim has a state of this later time. */
export interface Superseded {
  supersededBy: string;
}

/** A Klaim that was made anew under the customer an operator named, and what became of the old ones; or why it was not. */
export type Relinked = { refused: string } | Superseded | (WrittenKlaim & { retired: RetiredKlaim[] });

/** An old Klaim of a claim, out of the way. Marked: without the right to delete it was emptied and taken off the claim. */
export interface RetiredKlaim {
  klaimId: string;
  how: 'deleted' | 'marked';
}
