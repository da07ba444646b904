/** The types of custom attributes by the suffix of the name, as Kustomer's settings call them (Kustomer, "Custom attributes"). */
export const ATTRIBUTE_TYPES = {
  Str: 'Single line text',
  Txt: 'Paragraph',
  Num: 'Number',
  At: 'Date',
  Bool: 'True/False',
  Url: 'URL',
  Id: 'Id',
  Tree: 'Multi level list',
} as const;
export type Suffix = keyof typeof ATTRIBUTE_TYPES;

/** What the suffix says of the type of an attribute; null for a name that can be none. */
export function suffixOf(name: string): Suffix | null {
  const [, suffix] = /^[a-zA-Z]\w{0,99}?(Str|Txt|Num|At|Bool|Url|Id|Tree)$/.exec(name) ?? [];
  return (suffix as Suffix | undefined) ?? null;
}

/** Types that need more than a name (whom an id points to, the nodes of a tree): they are made by hand in Kustomer. */
export function isMadeByHand(suffix: Suffix): boolean {
  return suffix === 'Id' || suffix === 'Tree';
}

/** What people read above an attribute that has no label of ours: `loyaltyTierStr` is "Loyalty tier". */
export function labelOf(name: string): string {
  const suffix = suffixOf(name) ?? '';
  const words = name.slice(0, name.length - suffix.length).replaceAll(/([A-Z])/g, ' $1');
  const label = words.replaceAll('_', ' ').trim().toLowerCase();
  return label.charAt(0).toUpperCase() + label.slice(1);
}
