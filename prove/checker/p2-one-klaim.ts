import type { Claim } from '../../sandbox/order-protection/state';
import { textIn } from './klaim-text';
import type { Records } from './records';
import { broken, missing, type Finding } from './violation';

/** How a Klaim names what Order Protection has on record (Order Protection's Kustomer guide, "Fields synced"). */
const STATUS: Readonly<Record<string, string>> = {
  NEW: 'New',
  APPROVED: 'Approved',
  DENIED: 'Denied',
  RESOLVED_BY_BRAND: 'Resolved',
};

/** P2: each claim has exactly one Klaim, and it shows the claim's latest state. */
export function oneKlaim({ claims, klaims, webhooks }: Records): Finding {
  const ids = new Set(claims.map(({ id }) => id));
  const foreign = klaims.filter(({ externalId }) => externalId === undefined || !ids.has(externalId));
  return {
    checked: 'claims with their Klaims',
    count: claims.length,
    violations: [
      ...foreign.map(({ id, externalId }) => broken(externalId ?? null, `Klaim ${id} is of no claim`)),
      ...claims.flatMap((claim) => {
        const own = klaims.filter(({ externalId }) => externalId === claim.id);
        const [klaim] = own;
        if (klaim === undefined) return [missing(claim.id, 'there is no Klaim')];
        if (own.length > 1)
          return [missing(claim.id, `there are ${own.length} Klaims: ${own.map(({ id }) => id).join(', ')}`)];
        const wanted = shownOf(claim, wasForged(webhooks, claim));
        return Object.entries(wanted).flatMap(([attribute, texts]) => {
          const shown = textIn(klaim, attribute);
          const absent = texts.filter((text) => !shown.includes(text));
          return absent.map((text) => missing(claim.id, `the Klaim's ${attribute} shows "${shown}" and not "${text}"`));
        });
      }),
    ],
  };
}

/** An approval was sent that Order Protection never gave. The Klaim may show that word until a newer one comes: P4 alone says what it may lead to. */
const wasForged = (webhooks: Records['webhooks'], { id, resolutions }: Claim): boolean =>
  resolutions.length === 0 && webhooks.some(({ topic, claimId }) => topic === 'claim.approved' && claimId === id);

/** What must be seen, by attribute. */
function shownOf({ state, messages, resolutions }: Claim, isStatusOpen: boolean): Record<string, string[]> {
  const live = resolutions.filter(({ deletedAt }) => deletedAt === null);
  const isSettled = state === 'RESOLVED_BY_BRAND';
  const refunds = live.filter(({ type }) => type === 'REFUND').map(({ details }) => details.total_refund_amount);
  return {
    statusStr: isStatusOpen ? [] : [STATUS[state] ?? state],
    messageSummaryTxt: messages.map(({ text }) => text),
    resolutionTypeStr: isSettled ? live.map(({ type }) => (type === 'RESHIP' ? 'Reship' : 'Refund')) : [],
    resolutionAmountNum:
      isSettled && refunds.length > 0 ? [String(refunds.reduce((sum, amount) => sum + amount, 0))] : [],
  };
}
