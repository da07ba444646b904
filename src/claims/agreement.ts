import { type Address, type DecidedResolution, type Item } from './event';
import { isMore, sameMoney } from './money';
import { countryCode, plain, stateCode } from './places';
import { type ClaimReading, type FoundClaim } from './source-claim';

/** How a decision that was heard stands to what the source itself says when it is read back. */
export type Agreement = 'agrees' | 'notYet' | 'differs' | 'alreadyResolved';

/**
 * Whether the source confirms an approval: it is approved there, for the same kinds, and each stated amount is the same by
 * value. A reship's money is the value of the goods and is not compared. `notYet` also stands for a confirmation that does
 * not yet supply what the decision lacks (a refund's amount, a reship's items).
 */
export function agreement(decided: readonly DecidedResolution[], reading: ClaimReading): Agreement {
  if (!reading.found) return 'notYet';
  if (reading.status === 'resolved') return 'alreadyResolved';
  if (reading.status !== 'approved' || reading.resolutions.length === 0) return 'notYet';
  if (decided.length > 0 && !sameKinds(decided, reading.resolutions)) return 'differs';
  const partners = pairUp(decided, reading.resolutions);
  const stated = decided.flatMap((one, index) =>
    paysMoney(one) && one.amount !== undefined ? [{ amount: one.amount, partner: partners[index] }] : [],
  );
  if (stated.some(({ amount, partner }) => partner?.amount !== undefined && !sameMoney(amount, partner.amount)))
    return 'differs';
  if (stated.some(({ partner }) => partner?.amount === undefined)) return 'notYet';
  return complete(decided, reading).every(canBeDone) ? 'agrees' : 'notYet';
}

/**
 * The decision with what it lacks filled in from the read-back: amounts from the source's resolution of the same kind (equal
 * money first, then position), items from the claim, the address from the order. What the decision states stands, except that
 * an address which the order confirms is taken from the order, which also knows the recipient. A decision that names no
 * resolution takes those of the source.
 */
export function complete(decided: readonly DecidedResolution[], reading: ClaimReading): DecidedResolution[] {
  if (!reading.found) return [...decided];
  // Before the source has decided, its resolutions are drafts.
  const confirmed = reading.status === 'approved' || reading.status === 'resolved' ? reading.resolutions : [];
  const all = decided.length === 0 ? confirmed : decided;
  const partners = pairUp(all, confirmed);
  return all.map((one, index) => {
    const partner = partners[index];
    const amount = paysMoney(one) ? (one.amount ?? partner?.amount) : undefined;
    const items = filled(one.items) ?? filled(partner?.items) ?? (all.length === 1 ? reading.claim.items : undefined);
    const shippingAddress =
      one.kind === 'reship' ? addressOf(one.shippingAddress, reading.order.shippingAddress) : undefined;
    return {
      kind: one.kind,
      ...(items === undefined ? {} : { items: items.map((item) => describedBy(reading, item)) }),
      ...(amount === undefined ? {} : { amount }),
      ...(shippingAddress === undefined ? {} : { shippingAddress }),
    };
  });
}

/** Whether two addresses are the same place, whether they write states and countries as codes or as names. Recipients are not compared. */
export function addressAgrees(a: Address | undefined, b: Address | undefined): boolean {
  if (a === undefined || b === undefined || plain(a.address1 ?? '') === '') return false;
  return placeOf(a) === placeOf(b);
}

function placeOf({ address1 = '', address2 = '', city = '', state = '', zip = '', country = '' }: Address): string {
  const code = plain(zip).replaceAll(' ', '');
  const isZipPlus4 = countryCode(country) === 'us' && /^\d{9}$/.test(code);
  return [
    plain(address1),
    plain(address2),
    plain(city),
    stateCode(state, country),
    isZipPlus4 ? code.slice(0, 5) : code,
    countryCode(country),
  ].join('|');
}

const paysMoney = ({ kind }: DecidedResolution): boolean => kind !== 'reship';

function canBeDone({ kind, amount, items }: DecidedResolution): boolean {
  if (kind === 'refund') return amount !== undefined && isMore(amount, { ...amount, amount: '0' });
  return kind !== 'reship' || filled(items) !== undefined;
}

function sameKinds(a: readonly DecidedResolution[], b: readonly DecidedResolution[]): boolean {
  const kinds = (all: readonly DecidedResolution[]): string => JSON.stringify(all.map(({ kind }) => kind).sort());
  return kinds(a) === kinds(b);
}

/** For each decided resolution the source's one of the same kind: those with equal money first, the rest by position. */
function pairUp(
  decided: readonly DecidedResolution[],
  confirmed: readonly DecidedResolution[],
): (DecidedResolution | undefined)[] {
  const free = [...confirmed];
  const take = (fits: (candidate: DecidedResolution) => boolean): DecidedResolution | undefined => {
    const index = free.findIndex(fits);
    return index === -1 ? undefined : free.splice(index, 1)[0];
  };
  const equal = decided.map(({ kind, amount }) =>
    amount === undefined
      ? undefined
      : take((other) => other.kind === kind && other.amount !== undefined && sameMoney(amount, other.amount)),
  );
  return decided.map(({ kind }, index) => equal[index] ?? take((other) => other.kind === kind));
}

function filled(items: Item[] | undefined): Item[] | undefined {
  return items === undefined || items.length === 0 ? undefined : items;
}

/** A line with what the claim's own lines say of it: a decision may name it by its id alone. */
function describedBy(reading: FoundClaim, item: Item): Item {
  const line =
    item.lineItemId === undefined
      ? undefined
      : reading.claim.items?.find(({ lineItemId }) => lineItemId === item.lineItemId);
  return { ...line, ...item };
}

function addressOf(stated: Address | undefined, ordered: Address | undefined): Address | undefined {
  return stated === undefined || addressAgrees(stated, ordered) ? ordered : stated;
}
