import { type Answer, type Completion } from '../claims/answer';
import {
  type CustomerIdentity,
  type KlaimIds,
  type NamedCustomer,
  type Relinked,
  type Superseded,
  type WrittenKlaim,
} from '../claims/klaim';
import { type NeutralClaim } from '../claims/neutral-claim';
import { type Loss, type Rival } from '../claims/loss';
import { type Settlement } from '../claims/outcome';
import { type ProtectionEvent } from '../claims/protection';
import { type Resolution } from '../claims/resolution';
import { type CommandRecord } from '../claims/restore';
import { type ClaimReading } from '../claims/source-claim';
import { type Source } from '../claims/sources';
import { type ClaimState, type Policy } from '../claims/state';

/** Which claim an activity is for. */
export interface ClaimRef {
  brand: string;
  claimId: string;
}

/** What a run begins with, or that the brand is unknown here. */
export type OpenedClaim =
  { known: false } | { known: true; policy: Policy; saved: ClaimState | null; records: CommandRecord[] };

/** What touches our own database only. */
export interface LedgerActivities {
  openClaim(input: ClaimRef): Promise<OpenedClaim>;
  /** Enters what the claim's source approved by itself (null: nothing any more); gives the claims of other sources about the same. */
  enterDecision(input: ClaimRef & { source: Source; loss: Loss | null }): Promise<Rival[]>;
  settleAnswer(input: ClaimRef & { completion: Completion }): Promise<Settlement>;
  keepCompleted(input: { state: ClaimState; at: string }): Promise<void>;
}

export interface OrderProtectionActivities {
  readClaim(input: ClaimRef & { sourceOrderId: string | null }): Promise<ClaimReading>;
  /** `byHand` is the reason why an operator must make the report, null when it is made. */
  reportAnswer(input: ClaimRef & ReportedAnswer): Promise<{ byHand: string | null }>;
}

export interface ReportedAnswer {
  resolutionId: string;
  kind: string;
  sourceOrderId: string | null;
  answer: Answer;
}

export interface KustomerActivities {
  /** Writes the Klaim that the brand's mapping, as it is now, makes of the claim. `isRefresh`: nothing but the mapping has changed, so it can wait. */
  syncKlaim(
    input: ClaimRef & {
      claim: NeutralClaim;
      customer: CustomerIdentity;
      known: KlaimIds | null;
      asOf: string;
      isRefresh: boolean;
    },
  ): Promise<WrittenKlaim | Superseded>;
  /** Has the Klaim under the customer whom an operator has named. */
  relinkKlaim(
    input: ClaimRef & { claim: NeutralClaim; customer: NamedCustomer; known: KlaimIds | null; asOf: string },
  ): Promise<Relinked>;
}

export interface RefreshActivities {
  /** Tells a page of the brand's open claims of its mapping; gives the next page (null: there is none) and how long to rest. */
  refreshKlaims(input: { brand: string; page: string | null }): Promise<{ next: string | null; restMs: number }>;
}

/** The order that a command names. */
export interface OrderRef {
  sourceOrderId: string | null;
  number: string | null;
}

export interface BrandBackendActivities {
  /**
   * Writes the ledger row, then sends; a repeat sends the same bytes. Gives the claims of other sources that were approved for the
   * same loss: then nothing is written and nothing sent.
   */
  sendCommand(input: ClaimRef & { source: Source; order: OrderRef; resolution: Resolution }): Promise<Rival[]>;
  /** Tells the brand not to act, unless the ledger has an answer: that is given, and nothing is sent. */
  withdrawCommand(input: ClaimRef & { resolutionId: string; at: string }): Promise<Answer | null>;
  sendReminder(input: ClaimRef & { resolutionId: string; at: string }): Promise<void>;
  /** `number` counts the escalations of the claim from 1: each is told by an id of its own. */
  sendEscalation(input: ClaimRef & { resolutionIds: string[]; number: number; at: string }): Promise<void>;
  sendProtection(input: { brand: string; protection: ProtectionEvent }): Promise<void>;
}
