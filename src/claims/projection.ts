import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { moneyIn } from './answer';
import { type Item, type Message } from './event';
import { known } from './facts';
import { identityOf } from './identity';
import { type AttributeValue, type Klaim } from './klaim';
import { totalOf, type Money } from './money';
import { phaseOf } from './phase';
import { cut } from './reading';
import { type Resolution } from './resolution';
import { answerOf, type ClaimState } from './state';
import { resolutionText, sourceText, spoken, statusText, typeText } from './words';

/** Kustomer's limit for `Str` and `Txt` attributes (Kustomer, Create KObject). */
const TEXT_LIMIT = 1_024;
const TITLE_LIMIT = 256;
const DESCRIPTION_LIMIT = 10_240;
const IMAGES_LIMIT = 20;
const MESSAGE_LIMIT = 160;

/** The Klaim that Kustomer should show for this state, complete: every attribute each time, null where nothing is known. */
export function klaimOf(state: ClaimState): Klaim {
  const claim = known(state.facts.claim);
  const order = known(state.facts.order);
  const customer = identityOf(state);
  const images = claim.images ?? [];
  const orderNumber = order.number ?? order.sourceOrderId ?? null;
  const type = claim.type === undefined ? null : typeText(claim.type);
  return {
    title: cut(
      [type ?? 'Claim', orderNumber === null ? state.claimId : `order ${orderNumber}`].join(' – '),
      TITLE_LIMIT,
    ),
    description: cut(claim.description ?? '', DESCRIPTION_LIMIT),
    images: images.filter((url) => URL.canParse(url)).slice(0, IMAGES_LIMIT),
    custom: {
      claimNumberStr: text(claim.number ?? state.claimId),
      claimCreatedAt: claim.createdAt ?? null,
      statusStr: text(statusOf(state)),
      typeStr: text(type),
      damageTypeStr: text(claim.damageType === undefined ? null : spoken(claim.damageType)),
      claimDetailsTxt: text(claim.description),
      imageRequiredBool: claim.imageRequired ?? imageRequiredBy(claim.type),
      imageLinksTxt: lines(images),
      customerNameStr: text(customer.name),
      customerEmailStr: text(customer.email),
      customerPhoneStr: text(customer.phone),
      preferredCommunicationStr: text(known(state.facts.customer).preferredCommunication),
      orderNumberStr: text(orderNumber),
      lineItemsTxt: lines((claim.items ?? []).map(itemLine)),
      messageSummaryTxt: summary(messagesOf(state)),
      requestedResolutionStr: text(
        claim.requestedResolution === undefined ? null : resolutionText(claim.requestedResolution),
      ),
      ...resolutionOf(state),
      claimUrl:
        state.source === 'order-protection'
          ? `https://claim.orderprotection.com/view/${encodeURIComponent(state.claimId)}`
          : null,
      sourceStr: state.source === null ? null : sourceText(state.source),
    },
  };
}

/** Tells two Klaims apart in a few bytes: a write is due when this differs from that of the last one. */
export function digestOf(klaim: Klaim): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(klaim)))).slice(0, 16);
}

function statusOf(state: ClaimState): string | null {
  if (state.resolutions.length > 0 && phaseOf(state) === 'settled') return statusText('resolved');
  const { status } = known(state.facts.claim);
  return status === undefined ? null : statusText(status);
}

/** The portal asks for photos of these (Order Protection, Filing a claim); null where that is not known. */
function imageRequiredBy(type: string | undefined): boolean | null {
  if (type === undefined || type === 'multiple') return null;
  if (['damaged', 'defective', 'wrong_item'].includes(type)) return true;
  const shippingIssues = ['not_received', 'stolen', 'returned_to_sender', 'tracking_stalled', 'wrong_address'];
  return shippingIssues.includes(type) ? false : null;
}

type ResolutionAttributes = Record<
  'resolutionTypeStr' | 'resolutionAmountNum' | 'resolutionCurrencyStr' | 'resolutionAt',
  AttributeValue
>;

function resolutionOf(state: ClaimState): ResolutionAttributes {
  const { decision } = state;
  if (decision?.verdict === 'denied') {
    const reasons = decision.reasons.map(spoken).join(', ');
    const resolutionTypeStr = text(reasons === '' ? 'Denied' : `Denied: ${reasons}`);
    return { resolutionTypeStr, resolutionAmountNum: null, resolutionCurrencyStr: null, resolutionAt: decision.at };
  }
  const live = state.resolutions.filter(
    ({ progress }) => progress.state !== 'withdrawn' && progress.state !== 'declined',
  );
  const total = totalOf(live.flatMap((one) => moneyOf(one) ?? []));
  const dates = live.map(dateOf).sort();
  return {
    resolutionTypeStr: text(
      live.length === 0 ? null : [...new Set(live.map(({ kind }) => resolutionText(kind)))].join(' + '),
    ),
    resolutionAmountNum: total?.total ?? null,
    resolutionCurrencyStr: total?.currency ?? null,
    resolutionAt: dates.at(-1) ?? null,
  };
}

/** The money that moved, or will by the approval. */
function moneyOf(resolution: Resolution): Money | null {
  const answer = answerOf(resolution);
  return answer?.outcome === 'refunded' ? moneyIn(answer) : resolution.amount;
}

function dateOf({ progress, commandedAt }: Resolution): string {
  return progress.state === 'answered' || progress.state === 'reported' ? progress.answeredAt : commandedAt;
}

/** The thread as the source gives it, then what webhooks told and the thread does not hold. */
function messagesOf({ thread, heard }: ClaimState): Message[] {
  const texts = new Set(thread.map((message) => message.text.trim()));
  return [...thread, ...heard.filter((message) => !texts.has(message.text.trim()))];
}

function itemLine({ quantity, title, sku, lineItemId }: Item): string {
  const name = title ?? sku ?? lineItemId ?? 'item';
  return `${quantity ?? 1} × ${name}${sku === undefined || sku === name ? '' : ` (${sku})`}`;
}

function text(value: string | null | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : cut(value, TEXT_LIMIT);
}

/** Whole lines from the first on, as many as fit, then how many more there are. */
function lines(all: readonly string[]): string | null {
  for (let kept = all.length; kept > 0; kept--) {
    const rest = all.length - kept;
    const joined = [...all.slice(0, kept), ...(rest === 0 ? [] : [`+${rest} more`])].join('\n');
    if (joined.length <= TEXT_LIMIT) return joined;
  }
  return text(all[0]);
}

/** The newest messages, newest last; the oldest give way. */
function summary(messages: readonly Message[]): string | null {
  const all = messages.map(({ at, author, text: words }) => {
    const head = [at?.slice(0, 10), author].filter((part) => part !== undefined).join(' ');
    return `${head === '' ? '' : `${head}: `}${cut(words.replaceAll(/\s+/g, ' ').trim(), MESSAGE_LIMIT)}`;
  });
  for (let from = 0; from < all.length; from++) {
    const joined = all.slice(from).join('\n');
    if (joined.length <= TEXT_LIMIT) return joined;
  }
  return null;
}
