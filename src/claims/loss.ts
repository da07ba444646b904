import { type Item } from './event';
import { SOURCES, type Source } from './sources';

/** One line of an order as far as two sources can agree on it: Karla knows no line ids, and titles are spelled differently. */
export type Line = Pick<Item, 'lineItemId' | 'sku'>;

/** What was lost, so that two claims about the same can be told: the order by every name that it has, and its lines (none: the whole order). */
export interface Loss {
  orderNames: string[];
  lines: Line[];
}

/** A claim of another source that was approved for the same loss. */
export interface Rival {
  source: Source;
  claimId: string;
}

/** The loss that an order's lines are. */
export function lossOf(
  { sourceOrderId, number }: { sourceOrderId?: string | null; number?: string | null },
  items: readonly Item[],
): Loss {
  const names = [sourceOrderId, number].map((name) => plainName(name ?? '')).filter((name) => name !== '');
  return {
    orderNames: [...new Set(names)].sort(),
    lines: items.map(({ lineItemId, sku }) => ({
      ...(lineItemId === undefined ? {} : { lineItemId }),
      ...(sku === undefined ? {} : { sku }),
    })),
  };
}

/** One source writes "#20417" where another writes "20417". */
function plainName(name: string): string {
  return name.normalize('NFKC').trim().replace(/^#\s*/, '').toLowerCase();
}

/**
 * Whether some of these lines may be the same. Lines that both have an id or an SKU, and none alike, are different; where there is
 * nothing to compare, or one side names no lines, they may be the same: an operator is asked once too often rather than paid twice.
 */
export function mayOverlap(ours: readonly Line[], theirs: readonly Line[]): boolean {
  if (ours.length === 0 || theirs.length === 0) return true;
  return ours.some((one) => theirs.some((other) => mayBeSame(one, other)));
}

function mayBeSame(a: Line, b: Line): boolean {
  const pairs = [
    [a.lineItemId, b.lineItemId],
    [plainSku(a.sku), plainSku(b.sku)],
  ].filter(([one, other]) => one !== undefined && other !== undefined);
  return pairs.length === 0 || pairs.some(([one, other]) => one === other);
}

function plainSku(sku: string | undefined): string | undefined {
  return sku?.trim().toLowerCase() || undefined;
}

/** Whether two name the same claim. */
export function isSameRival(a: Rival, b: Rival): boolean {
  return a.source === b.source && a.claimId === b.claimId;
}

/** Why an operator has to decide, in words. */
export function contestedBy(rivals: readonly Rival[]): string {
  const claims = rivals.map(({ source, claimId }) => `claim ${claimId} of ${SOURCES[source].name}`);
  return `the same lines of the order were approved as ${claims.join(' and ')}`;
}
