import { type EventKind } from '../../claims/event';
import { UNSPECIFIED } from '../../claims/resolution';
import { each, type Fields } from '../wire';
import { damageOf, kindWord, statusAtFiling, statusLater, typeWord } from './words';

/** The two refs that tell of a claim (Karla, "Claim events"), and what each tells unless the claim's status says that it is decided. */
const KINDS: Readonly<Record<string, EventKind>> = { 'claims/created': 'created', 'claims/updated': 'updated' };

/** Whether a ref is one of those that tell of a claim. */
export const isClaimRef = (ref: string): boolean => Object.hasOwn(KINDS, ref);

/**
 * What `event_data` says of the claim, as candidates for the readers of src/claims/event.ts. Karla has no event for a decision:
 * the status of any event is the decision, and the workflow knows one that it has heard before.
 */
export function claimFrom(ref: string, said: Fields): { kind: EventKind; claim: Fields } {
  const status = statusOf(ref, said);
  const items = each(said.selectedItems, ({ sku, title, quantity }) => ({ sku, title, quantity }));
  const claim = {
    id: said.claimId,
    status,
    type: typeWord(said.reason),
    damageType: damageOf(said.reason),
    description: said.description,
    requestedResolution: kindWord(said.resolutionPreference),
    createdAt: said.createdAt,
    items,
    images: evidenceIn(said),
  };
  if (status === 'denied') return { kind: 'denied', claim };
  if (status === 'approved') return { kind: 'approved', claim: { ...claim, resolutions: [granted(said, items)] } };
  return { kind: KINDS[ref] ?? 'updated', claim };
}

function statusOf(ref: string, { status }: Fields): unknown {
  if (ref === 'claims/created') return statusAtFiling(status ?? 'pending');
  return statusLater(status);
}

/** Karla states neither amount nor lines of its own: what is granted is the preference, for the lines that were claimed. */
function granted({ resolutionPreference }: Fields, items: unknown): unknown {
  return { kind: kindWord(resolutionPreference ?? UNSPECIFIED), items };
}

/** The photos of the claim and of its lines. The image of a signature is left out: it is no evidence, and private. */
function evidenceIn({ imageUrls, optionalImageUrls, selectedItems }: Fields): unknown {
  const ofItems = Array.isArray(selectedItems) ? each(selectedItems, (item) => item.imageUrls) : [];
  return [imageUrls, optionalImageUrls, ...(ofItems as unknown[])].flatMap((urls) =>
    Array.isArray(urls) ? (urls as unknown[]) : [],
  );
}
