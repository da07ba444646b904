import { type Attention } from './attention';
import { type Phase } from './phase';
import { type ClaimView } from './view';
import { matchText } from './words';

const WAITING_FOR: Readonly<Record<Phase, string>> = {
  incomplete: 'its source to know the claim',
  open: 'a decision at the source',
  confirming: 'the approval to be confirmed',
  awaitingBrand: 'the brand to answer',
  reporting: 'its source to take the report',
  settled: 'the end of the quiet period',
  denied: 'the end of the quiet period',
  closed: 'the end of the quiet period',
};

const WHAT_TO_DO: Readonly<Record<Attention, string>> = {
  none: '',
  credentials: 'a key or token was refused: put a valid one into the brand',
  contradiction: 'say by `confirmResolution` whether the resolution stands',
  unknownResolution: 'say by `confirmResolution` whether the brand shall be told',
  declined: 'the brand will not do it: agree on other terms, then `overrideResolution`; or `closeClaim`',
  unconfirmed:
    'look at the claim at its source, then `confirmResolution`; a refund without an amount needs one by `overrideResolution`',
  commandFailing: 'the brand backend does not take the command: see the reason, then `retrySync`',
  reportFailing: 'report by hand, then `confirmReport`; or `retrySync`',
  overdue: 'the brand has not answered in time: ask it; `extendDeadline` if it needs longer',
  held: '`release` it when it may go on',
  syncFailing: 'see the reason; `retrySync` tries again now',
  noCustomer:
    'the claim has no e-mail: complete it at the source, then `retrySync`; or name the customer by `relinkCustomer`',
  unknownClaim: 'its source does not know this claim: `closeClaim` if it is not one',
};

/** The claim in Markdown for Temporal Web: where it stands, what it waits for, what to do. It holds no customer data. */
export function caseFile(view: ClaimView): string {
  const attention =
    view.attention === 'none' ? [] : [`**Attention: ${view.attention}** – ${WHAT_TO_DO[view.attention]}`];
  return [
    `**${view.phase}** – waits for ${WAITING_FOR[view.phase]}${view.deadline === null ? '' : `, due ${view.deadline}`}`,
    ...attention,
    ...(view.hold === null ? [] : [`Held by ${view.hold.actor} since ${view.hold.at}`]),
    ...view.waiting.map(
      ({ lane, reason, retryAt }) => `- ${lane}: ${reason}${retryAt === null ? '' : ` (again at ${retryAt})`}`,
    ),
    ...view.resolutions.map(
      ({ id, kind, state, amount }) =>
        `- ${kind} \`${id}\`: ${state}${amount === null ? '' : `, ${amount.amount} ${amount.currency}`}`,
    ),
    klaimLine(view),
  ].join('\n\n');
}

function klaimLine({ klaim }: ClaimView): string {
  if (klaim === null) return 'No Klaim yet';
  const { id, customerId, matchedBy, inSync } = klaim;
  const owner = `of customer \`${customerId ?? 'unknown'}\` (${matchText(matchedBy)})`;
  return `Klaim \`${id}\` ${owner}, ${inSync ? 'up to date' : 'a write is due'}`;
}
