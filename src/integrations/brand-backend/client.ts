import { failureOf, type Http } from '../http';
import { PartnerError } from '../partner-error';
import { type Command } from './compose';
import { signatures } from './signatures';

const PARTNER = 'brand-backend';

/** Where a brand is told, and the secrets it checks signatures with: two while they are rotated. */
export interface BrandBackendAccess {
  url: string;
  signingSecrets: readonly string[];
}

export interface BrandBackend {
  /**
   * Sends one command, signed anew for each attempt. 2xx is delivered; a redirect is not followed. Throws `PartnerError`: `gone`
   * for 410, `rateLimited` for 429, `credentials` when it cannot be signed, `rejected` when the address may not be dialled, `unavailable` for everything else, because it is sent again.
   */
  send(access: BrandBackendAccess, command: Command, signal?: AbortSignal): Promise<void>;
}

export function createBrandBackend(http: Http, now: () => Date = () => new Date()): BrandBackend {
  return {
    async send({ url, signingSecrets }, { webhookId, body }, signal) {
      const at = now();
      const reply = await http({
        partner: PARTNER,
        method: 'POST',
        url,
        headers: {
          'webhook-id': webhookId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
          'webhook-signature': signatures(signingSecrets, webhookId, at, body),
        },
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      if (reply.status >= 200 && reply.status < 300) return;
      const failure = failureOf(PARTNER, webhookId, reply);
      if (failure.kind === 'gone' || failure.kind === 'rateLimited') throw failure;
      throw new PartnerError(PARTNER, 'unavailable', `${webhookId} was answered ${reply.status}`, failure.retryAfterMs);
    },
  };
}
