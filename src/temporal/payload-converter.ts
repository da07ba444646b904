import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import { type Unreadable } from '../claims/unreadable';

/**
 * The default JSON converter, except that what cannot be read becomes a value that says so. A converter that throws fails every
 * workflow task for ever: one malformed signal of a foreign client would stop its claim.
 */
class LenientPayloadConverter extends DefaultPayloadConverter {
  override fromPayload<T>(payload: Payload): T {
    try {
      return super.fromPayload<T>(payload);
    } catch {
      const encoding = payload.metadata?.['encoding'];
      const unreadable: Unreadable = { $unreadable: encoding == null ? 'none' : new TextDecoder().decode(encoding) };
      return unreadable as T;
    }
  }
}

/** The name by which worker, client and workflow bundle load it. */
export const payloadConverter: PayloadConverter = new LenientPayloadConverter();
