import { type Item, type Message } from './event';
import { KLAIM_LIMITS } from './klaim';
import { cut } from './reading';

/** The beginning of each message that a summary shows. */
const MESSAGE_LIMIT = 160;

/** Whole lines from the first on, as many as a Klaim's text takes, then how many more there are; null for none. */
export function linesOf(all: readonly string[]): string | null {
  for (let kept = all.length; kept > 0; kept--) {
    const rest = all.length - kept;
    const joined = [...all.slice(0, kept), ...(rest === 0 ? [] : [`+${rest} more`])].join('\n');
    if (joined.length <= KLAIM_LIMITS.text) return joined;
  }
  return all[0] === undefined ? null : cut(all[0], KLAIM_LIMITS.text);
}

/** One claimed line of the order: "2 × Kettle, blue (KTL-BLU)". */
export function itemLine({ quantity, title, sku, lineItemId }: Item): string {
  const name = title ?? sku ?? lineItemId ?? 'item';
  return `${quantity ?? 1} × ${name}${sku === undefined || sku === name ? '' : ` (${sku})`}`;
}

/** The beginnings of the newest messages, newest last; the oldest give way. */
export function summaryOf(messages: readonly Message[]): string | null {
  const all = messages.map(({ at, author, text: words }) => {
    const head = [at?.slice(0, 10), author].filter((part) => part !== undefined).join(' ');
    return `${head === '' ? '' : `${head}: `}${cut(words.replaceAll(/\s+/g, ' ').trim(), MESSAGE_LIMIT)}`;
  });
  for (let from = 0; from < all.length; from++) {
    const joined = all.slice(from).join('\n');
    if (joined.length <= KLAIM_LIMITS.text) return joined;
  }
  return null;
}
