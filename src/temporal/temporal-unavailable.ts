/**
 * The Temporal server did not take a call: it cannot be reached, or asks to be left alone for a while. Nothing is wrong with the
 * call itself, so it is worth trying again later as it stands.
 */
export class TemporalUnavailable extends Error {
  override readonly name = 'TemporalUnavailable';
}
