import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { type Answer } from './answer';
import { type Address, type Item } from './event';
import { type Rival } from './loss';
import { type Money } from './money';

/** What a brand is told to do about some lines of an order. */
export interface Terms {
  kind: string;
  items: Item[];
  /** Money to pay; null where none is to be paid (a reship). */
  amount: Money | null;
  /** Where to send a reship, as the order confirms it. */
  shippingAddress: Address | null;
  /** An address that the approval states and the order does not confirm: never to be used unseen. */
  unconfirmedAddress: Address | null;
}

/** What tells one approval from another. */
export type Approved = Pick<Terms, 'kind' | 'items' | 'amount'>;

/** How far a resolution has come that was to be commanded. */
export type Progress =
  /** Not commanded: claims of other sources were approved for the same loss, so an operator decides. */
  | { state: 'contested'; rivals: Rival[] }
  | { state: 'commanded'; sentAt: string | null; remindedAt: string | null; escalatedAt: string | null }
  | { state: 'answered'; answer: Answer; answeredAt: string; reportByHand: string | null }
  | { state: 'reported'; answer: Answer; answeredAt: string; reportedAt: string }
  | { state: 'declined'; reason: string; answeredAt: string }
  | {
      state: 'withdrawn';
      withdrawnAt: string;
      toldAt: string | null;
      answer: Answer | null;
      answeredAt: string | null;
    };

/** A resolution from its commitment on. Times are RFC 3339 UTC. */
export interface Resolution extends Terms {
  id: string;
  ordinal: number;
  /** The decision that led to it. */
  decisionKey: string;
  /** Claims of other sources about the same loss in spite of which an operator lets it be commanded. */
  despite: Rival[];
  /** The resolutions whose place it takes: should one of them turn out to be carried out, this one must not be. */
  insteadOf: string[];
  /** What its source approved, where an operator has commanded other terms: approved again, it is nothing new. */
  approvedAs: Approved | null;
  commandedAt: string;
  remindAt: string;
  dueAt: string;
  progress: Progress;
}

/** The kind of an approval that does not say what is granted. */
export const UNSPECIFIED = 'unspecified';

/** The kinds that a brand can be told to do. Every other kind is carried and shown, and waits for an operator. */
export function isKnownKind(kind: string): boolean {
  return kind === 'refund' || kind === 'reship';
}

/** The lines of a resolution in one canonical form: the same lines in any order give the same text. */
function linesOf(items: readonly Item[]): string {
  return JSON.stringify(
    items
      .map(({ lineItemId, variantId, sku, title, quantity }) => [
        lineItemId ?? variantId ?? sku ?? title ?? '',
        quantity ?? 1,
      ])
      .map((line) => JSON.stringify(line))
      .sort(),
  );
}

/** Whether two resolutions are about the same lines in the same way (money aside). */
export function sameMatter(a: Pick<Terms, 'kind' | 'items'>, b: Pick<Terms, 'kind' | 'items'>): boolean {
  return a.kind === b.kind && linesOf(a.items) === linesOf(b.items);
}

/** `res_` + 16 hex: the same claim, kind, lines and ordinal give the same id in every run, so a brand that keys on it acts once. */
export function resolutionId(claimId: string, terms: Pick<Terms, 'kind' | 'items'>, ordinal: number): string {
  const digest = sha256(utf8ToBytes(JSON.stringify([claimId, terms.kind, linesOf(terms.items), ordinal])));
  return `res_${bytesToHex(digest).slice(0, 16)}`;
}
