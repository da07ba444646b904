import type { SeenKlaim } from '../../sandbox/kustomer/look';

/** What a Klaim shows in an attribute; nothing is an empty text. */
export function textIn({ custom }: SeenKlaim, attribute: string): string {
  const value = custom[attribute];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
