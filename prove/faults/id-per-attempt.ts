import * as client from '../../src/integrations/brand-backend/client';
import { replace } from '../inside/replace';

/** The id that a brand keys on comes from the attempt and not from the claim: a repeat looks like another command. */
export function idPerAttempt(): void {
  let attempts = 0;
  replace(client, 'createBrandBackend', (create) => (http, now) => {
    const { send } = create(http, now);
    return {
      send: async (access, { webhookId, body }, signal) => {
        attempts += 1;
        const anew = (text: string): string => text.replace(webhookId, `${webhookId.slice(0, 12)}${attempts}`);
        const [head = '', url = ''] = body.split('"answer":');
        const isRequest = body.includes('"type":"resolution.requested"');
        const sent = isRequest
          ? { webhookId: anew(webhookId), body: `${anew(head)}"answer":${url}` }
          : { webhookId, body };
        await send(access, sent, signal);
      },
    };
  });
}
