/** A cursor that no page of this list gave out. */
export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';

  constructor() {
    super('This is no cursor of this list: use nextCursor as it was given, or leave the cursor out.');
  }
}
