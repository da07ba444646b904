import { type PayloadCodec, type SerializationContext } from '@temporalio/common';
import { brandIn } from '../claims/workflow-id';
import { type PayloadSeal } from './payload-seal';

/** The name of the key for what belongs to no brand: no brand has an asterisk in its name. */
export const SERVICE_KEY = '*';

/**
 * Seals every payload with the key of the brand whose workflow it belongs to. Never throws on what it is given to decode: plain
 * payloads pass, and what does not open under the workflow's own key passes sealed, so that the payload converter says it is unreadable.
 */
export function createCodec(seal: PayloadSeal): PayloadCodec {
  return {
    async encode(payloads, context) {
      const key = keyFor(context);
      return payloads.map((payload) => seal.seal(key, payload));
    },
    async decode(payloads, context) {
      const key = keyFor(context);
      return payloads.map((payload) => seal.open(key, payload) ?? payload);
    },
  };
}

function keyFor(context: SerializationContext | undefined): string {
  return (context?.workflowId === undefined ? null : brandIn(context.workflowId)) ?? SERVICE_KEY;
}
