/** What a payload that could not be decoded looks like by the time anybody sees it: the name of its encoding. */
export interface Unreadable {
  $unreadable: string;
}

export function isUnreadable(value: unknown): value is Unreadable {
  return typeof (value as Partial<Unreadable> | null | undefined)?.$unreadable === 'string';
}

/** What has to be readable before anything is done with it was not: nothing was done, and it is worth trying again. */
export class UnreadablePayload extends Error {
  override readonly name = 'UnreadablePayload';

  constructor(what: string, { $unreadable }: Unreadable) {
    super(
      `${what} cannot be opened (encoding "${$unreadable}"). Nothing was done. Most likely it was sealed with a master key that this ` +
        `process does not have: its log names the key to add to CLAIMKEEPER_MASTER_KEYS.`,
    );
  }
}

/** The value itself. @throws UnreadablePayload so that nobody takes what could not be opened for what was meant. */
export function readable<T>(what: string, value: T): T {
  if (isUnreadable(value)) throw new UnreadablePayload(what, value);
  return value;
}
