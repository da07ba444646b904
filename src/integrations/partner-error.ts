import { type FailureKind } from '../claims/failure';

/**
 * A partner did not do what was asked. The message says what happened in words that may be logged and shown to operators
 * (no secret, no customer data); `retryAfterMs` is the wait the partner asked for.
 */
export class PartnerError extends Error {
  override readonly name = 'PartnerError';

  constructor(
    readonly partner: string,
    readonly kind: FailureKind,
    message: string,
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(`${partner}: ${message}`, options);
  }
}

/** The partner refuses the key altogether, not only for one call. `words` is the message without the partner's name. */
export class KeyRefused extends PartnerError {
  constructor(
    partner: string,
    readonly words: string,
    options?: ErrorOptions,
  ) {
    super(partner, 'credentials', words, undefined, options);
  }
}
