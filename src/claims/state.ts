import { type Answer, type Completion } from './answer';
import { type DecidedResolution, type Message } from './event';
import { NO_FACTS, type ClaimFacts } from './facts';
import { type WrittenKlaim } from './klaim';
import { READY, type Lane, type LaneName } from './lane';
import { type Loss, type Rival } from './loss';
import { type Resolution } from './resolution';
import { type ClaimReading } from './source-claim';
import { type Money } from './money';
import { type ApprovalRule, type Source } from './sources';
import { type TimelineEntry } from './timeline';

/** What a brand has set for its claims. Hours may be fractions. */
export interface Policy {
  /** What an approval of each source leads to; a source that is not named is only shown. */
  approvals: Partial<Record<Source, ApprovalRule>>;
  remindAfterHours: number;
  escalateAfterHours: number;
  quietHours: number;
}

/** The newest decision of the source: `at` by the source's clock, `heardAt` by ours, and whether an event told of it or only a read. */
export type Decision = { key: string; at: string; heardAt: string; from: 'event' | 'read' } & (
  { verdict: 'approved'; resolutions: DecidedResolution[] } | { verdict: 'denied'; reasons: string[] }
);

/** A message as a webhook told it, until the thread of a read holds it. */
export interface HeardMessage extends Message {
  key: string;
  at: string;
}

/** Why an operator has to say whether a resolution stands. */
export interface Question {
  resolutionId: string;
  why: string;
}

/** What an operator has said of a proposal that named this money: it says nothing of other money for the same lines. */
export interface Verdict {
  accept: boolean;
  amount: Money | null;
}

/** The whole state of a claim: plain JSON, carried through continue-as-new and kept when the claim completes. */
export interface ClaimState {
  brand: string;
  claimId: string;
  policy: Policy;
  startedAt: string;
  /** When anything last changed: the quiet period counts from here. */
  changedAt: string;
  source: Source | null;
  /** Keys of events heard. Those of decisions and answers are never dropped, the others from the oldest on. */
  decisionKeys: string[];
  eventKeys: { key: string; at: string }[];
  /** Keys of the events that no read at the source was started after: while there are any, what was read may be old. */
  unread: string[];
  filed: boolean;
  facts: ClaimFacts;
  heard: HeardMessage[];
  thread: Message[];
  decision: Decision | null;
  /** The last read that found the claim, if any did; and since when, if so, reads find nothing any more. */
  reading: { at: string; claim: ClaimReading; missingSince: string | null } | null;
  /** What the book of losses was told of a decision that the source carries out by itself, and who else it names. */
  entered: { key: string; loss: Loss | null; rivals: Rival[] } | null;
  resolutions: Resolution[];
  /** Parts of decisions that are done with: `{decision key}#{index}`. */
  dealt: string[];
  /** What operators have said of proposals, by their ids. */
  rulings: Record<string, Verdict>;
  questions: Question[];
  /** Answers signalled and not yet put to the ledger. */
  answers: Completion[];
  klaim: (WrittenKlaim & { digest: string; syncedAt: string }) | null;
  /** The time of a newer state that the Klaim was seen with: what is written next is of a later one, whatever clocks say. */
  klaimAsOf: string | null;
  /** An operator's order to make the Klaim anew under this customer, until it is done. */
  relink: { customerId: string; at: string } | null;
  /** The customer that an operator has named last, and to whom the Klaim was moved. */
  linkedTo: string | null;
  /** The newest version of the brand's mapping that the claim was told of: Klaims of older ones are due. */
  mappingVersion: number;
  closed: { at: string; actor: string; reason: string } | null;
  /** An operator's word that no new command and no new report goes out, until it is taken back. */
  hold: { at: string; actor: string; reason: string } | null;
  /** How often the brand was told that it is overdue. */
  escalations: number;
  lanes: Record<LaneName, Lane>;
  timeline: TimelineEntry[];
}

/** A claim of which nothing is known yet. */
export function beginClaim(brand: string, claimId: string, policy: Policy, now: string): ClaimState {
  return {
    brand,
    claimId,
    policy,
    startedAt: now,
    changedAt: now,
    source: null,
    decisionKeys: [],
    eventKeys: [],
    unread: [],
    filed: false,
    facts: NO_FACTS,
    heard: [],
    thread: [],
    decision: null,
    reading: null,
    entered: null,
    resolutions: [],
    dealt: [],
    rulings: {},
    questions: [],
    answers: [],
    klaim: null,
    klaimAsOf: null,
    relink: null,
    linkedTo: null,
    mappingVersion: 0,
    closed: null,
    hold: null,
    escalations: 0,
    lanes: { source: READY, klaim: READY, command: READY, report: READY },
    timeline: [],
  };
}

/** Whether a brand has shipped or paid it, as far as the claim has heard: then nothing else may be done in its place. */
export function isCarriedOut(resolution: Resolution): boolean {
  const answer = answerOf(resolution);
  return answer !== null && answer.outcome !== 'declined';
}

/** The money and order ids of an answer that has been accepted, if there is one. */
export function answerOf({ progress }: Resolution): Answer | null {
  switch (progress.state) {
    case 'answered':
    case 'reported':
    case 'withdrawn':
      return progress.answer;
    case 'declined':
      return { outcome: 'declined', reason: progress.reason };
    case 'contested':
    case 'commanded':
      return null;
  }
}
