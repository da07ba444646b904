import { type ClaimEvent } from '../claims/event';
import { type ProtectionEvent } from '../claims/protection';

/** A webhook as it came in. */
export interface Webhook {
  /** One header, by its lower-case name. */
  header(name: string): string | undefined;
  /** The body's bytes, as they were signed. */
  body: Uint8Array;
  receivedAt: Date;
}

/**
 * What a webhook is to us. `dedupeKey` is the same when it is sent again. `ignored` is known and not used; `unusable` is for
 * quarantine, with the reason in plain words. `unreadable` names the parts of an event that were left out.
 */
export type WebhookReading =
  | { kind: 'claimEvent'; topic: string; dedupeKey: string; claimId: string; event: ClaimEvent; unreadable: string[] }
  | { kind: 'protection'; topic: string; dedupeKey: string; protection: ProtectionEvent }
  | { kind: 'ignored'; topic: string; dedupeKey: string }
  | { kind: 'unusable'; topic: string | null; dedupeKey: string; reason: string };

/** One kind of sender: how its webhooks prove themselves, and how they are read. `Settings` is what a brand has configured for it. */
export interface WebhookSource<Settings> {
  /** The header by which a sender proves itself, in lower case. */
  proof: string;
  /** Whether the webhook comes from the brand's sender. */
  isAuthentic(settings: Settings, webhook: Webhook): boolean;
  /** Whether the parsed body names the account of another brand. */
  isForeign(settings: Settings, value: unknown): boolean;
  /** Reads a parsed body; whatever may come, it gives a reading. `receivedAt` (RFC 3339) stands in for a missing time and bounds one from the future. */
  read(value: unknown, receivedAt: string): WebhookReading;
}
