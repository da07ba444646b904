import * as client from '../../src/integrations/brand-backend/client';
import { replace } from '../inside/replace';

/** The id that a brand keys on comes from the attempt and not from the claim: a repeat looks like another command, and one comes for certain. */
export function idPerAttempt(): void {
  let attempts = 0;
  replace(client, 'createBrandBackend', (create) => (http, now) => {
    const { send } = create(http, now);
    return {
      send: async (access, { webhookId, body }, signal) => {
        if (!body.includes('"type":"resolution.requested"')) return send(access, { webhookId, body }, signal);
        const [head = '', url = ''] = body.split('"answer":');
        for (let copy = 0; copy < 2; copy++) {
          attempts += 1;
          const anew = (text: string): string => text.replace(webhookId, `${webhookId.slice(0, 12)}${attempts}`);
          await send(access, { webhookId: anew(webhookId), body: `${anew(head)}"answer":${url}` }, signal);
        }
      },
    };
  });
}
