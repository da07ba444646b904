import {
  ApplicationFailure,
  DefaultFailureConverter,
  type FailureConverter,
  type PayloadConverter,
  type ProtoFailure,
  type SerializationContext,
} from '@temporalio/common';
import { REFUSED } from '../claims/messages';

/** Puts the message and the stack of a failure into a payload, which the codec then seals. A failure's type stays in clear. */
class SealedFailureConverter extends DefaultFailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true });
  }

  /** The reason why an update is refused goes in clear to whoever asked: Temporal keeps it nowhere, and Temporal Web shows it as it comes. */
  override errorToFailure(
    error: unknown,
    payloadConverter: PayloadConverter,
    context?: SerializationContext,
  ): ProtoFailure {
    const isRefusal = error instanceof ApplicationFailure && error.type === REFUSED;
    return isRefusal
      ? this.errorToFailureInner(error, payloadConverter, context)
      : super.errorToFailure(error, payloadConverter, context);
  }
}

/** The name by which worker, client and workflow bundle load it. */
export const failureConverter: FailureConverter = new SealedFailureConverter();
