import { DefaultFailureConverter, type FailureConverter } from '@temporalio/common';

/** Puts the message and the stack of a failure into a payload, which the codec then seals. A failure's type stays in clear. */
export const failureConverter: FailureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
