/** What a source of claims can be asked and told, and what its decisions are to us. */
interface SourceWays {
  /** Its name, for people. */
  name: string;
  /** Whether a claim can be read there. Where it cannot, an event of it carries enough by itself. */
  isRead: boolean;
  /** Whether it is told what the brand did. */
  isTold: boolean;
  /** Whether it may carry out what it decides by itself, so that its decisions are no commands unless an operator says so. */
  settlesItself: boolean;
  /** Where people see a claim, without its id; null where there is no such address. */
  claimUrl: string | null;
  /** Whether photos are asked for, by type of claim; null where it does not say: then there being some says that they were. */
  asksForPhotos: Readonly<Record<string, boolean>> | null;
}

/** Where claims are decided. What is different about a source is said here and nowhere else. */
export const SOURCES = {
  'order-protection': {
    name: 'Order Protection',
    isRead: true,
    isTold: true,
    settlesItself: false,
    claimUrl: 'https://claim.orderprotection.com/view/',
    // Order Protection, "Filing a claim".
    asksForPhotos: {
      damaged: true,
      defective: true,
      wrong_item: true,
      missing_item: false,
      not_received: false,
      stolen: false,
      returned_to_sender: false,
      tracking_stalled: false,
      wrong_address: false,
    },
  },
  karla: { name: 'Karla', isRead: false, isTold: false, settlesItself: true, claimUrl: null, asksForPhotos: null },
} as const satisfies Record<string, SourceWays>;

export type Source = keyof typeof SOURCES;

/** The ways of a claim's source; null while nothing has been heard of it. */
export function waysOf({ source }: { source: Source | null }): SourceWays | null {
  return source === null ? null : SOURCES[source];
}

/**
 * What an approval leads to. `commanded`: a command, on its word alone. `readBack`: a command, once a read of the source agrees.
 * `operator`: a command, once an operator has confirmed it. `shown`: no command; the Klaim shows it.
 */
export type ApprovalRule = 'commanded' | 'readBack' | 'operator' | 'shown';
