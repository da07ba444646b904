import { type ClaimFields, type CustomerFields, type DecidedResolution, type Message, type OrderFields } from './event';

/** What the source itself says of a claim when it is read back. `resolutions` are what it has decided, with the money it states. */
export type ClaimReading = { found: false } | FoundClaim;

export interface FoundClaim {
  found: true;
  status: string;
  updatedAt: string;
  /** When it decided, where it says so. */
  decidedAt?: string;
  claim: ClaimFields;
  messages: Message[];
  resolutions: DecidedResolution[];
  order: OrderFields;
  customer: CustomerFields;
}
