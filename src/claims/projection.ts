import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { type Message } from './event';
import { known } from './facts';
import { identityOf } from './identity';
import { KLAIM_LIMITS } from './klaim';
import { type NeutralClaim } from './neutral-claim';
import { phaseOf } from './phase';
import { itemLine, linesOf, summaryOf } from './several-lines';
import { shownResolutionOf } from './shown-resolution';
import { waysOf } from './sources';
import { type ClaimState } from './state';
import { resolutionText, spoken, statusText, typeText } from './words';

/** The claim as a mapping sees it, complete: every value each time, null where nothing is known. */
export function projectionOf(state: ClaimState): NeutralClaim {
  const claim = known(state.facts.claim);
  const order = known(state.facts.order);
  const customer = identityOf(state);
  const resolution = shownResolutionOf(state);
  const images = claim.images ?? [];
  const orderNumber = order.number ?? order.sourceOrderId ?? null;
  const status = statusOf(state);
  const type = spokenIn(typeText, claim.type);
  return {
    values: {
      'claim.id': state.claimId,
      'claim.number': claim.number ?? state.claimId,
      'claim.title': `${type ?? 'Claim'} – ${orderNumber === null ? state.claimId : `order ${orderNumber}`}`,
      'claim.createdAt': claim.createdAt ?? null,
      'claim.status': spokenIn(statusText, status),
      'claim.statusCode': status ?? null,
      'claim.type': type,
      'claim.typeCode': claim.type ?? null,
      'claim.damageType': spokenIn(spoken, claim.damageType),
      'claim.description': claim.description ?? null,
      'claim.imageRequired': claim.imageRequired ?? imageRequiredOf(state),
      'claim.imageLinks': linesOf(images),
      'claim.items': linesOf((claim.items ?? []).map(itemLine)),
      'claim.messages': summaryOf(messagesOf(state)),
      'claim.requestedResolution': spokenIn(resolutionText, claim.requestedResolution),
      'claim.url': urlOf(state),
      'claim.source': waysOf(state)?.name ?? null,
      'resolution.type': resolution.type,
      'resolution.amount': resolution.amount,
      'resolution.currency': resolution.currency,
      'resolution.at': resolution.at,
      'resolution.reshipOrder': resolution.reshipOrder,
      'resolution.refund': resolution.refund,
      'order.id': order.sourceOrderId ?? null,
      'order.number': orderNumber,
      'customer.name': customer.name,
      'customer.email': customer.email,
      'customer.phone': customer.phone,
      'customer.externalId': customer.externalId,
      'customer.preferredCommunication': known(state.facts.customer).preferredCommunication ?? null,
    },
    images: images.filter((url) => URL.canParse(url)).slice(0, KLAIM_LIMITS.images),
  };
}

/** Tells two claims apart in a few bytes: a write is due when this differs from that of the last one. */
export function digestOf(claim: NeutralClaim): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(claim)))).slice(0, 16);
}

/** Whether the Klaim was made by an older mapping than the newest that the claim was told of. */
export function isOutdated({ klaim, mappingVersion }: ClaimState): boolean {
  return klaim !== null && klaim.mappingVersion < mappingVersion;
}

const spokenIn = (words: (code: string) => string, code: string | undefined): string | null =>
  code === undefined ? null : words(code);

function statusOf(state: ClaimState): string | undefined {
  if (state.resolutions.length > 0 && phaseOf(state) === 'settled') return 'resolved';
  return known(state.facts.claim).status;
}

function urlOf(state: ClaimState): string | null {
  const url = waysOf(state)?.claimUrl ?? null;
  return url === null ? null : `${url}${encodeURIComponent(state.claimId)}`;
}

function imageRequiredOf(state: ClaimState): boolean | null {
  const { type, images = [] } = known(state.facts.claim);
  const asked = waysOf(state)?.asksForPhotos ?? null;
  if (asked === null) return images.length > 0 ? true : null;
  return type === undefined ? null : (asked[type] ?? null);
}

/** The thread as the source gives it, then what webhooks told and the thread does not hold. */
function messagesOf({ thread, heard }: ClaimState): Message[] {
  const texts = new Set(thread.map((message) => message.text.trim()));
  return [...thread, ...heard.filter((message) => !texts.has(message.text.trim()))];
}
