import { Webhook } from 'standardwebhooks';
import { PartnerError } from '../partner-error';

/** The value of `webhook-signature`: one signature per secret, apart by a space (Standard Webhooks, "Signature scheme"). */
export function signatures(secrets: readonly string[], webhookId: string, at: Date, body: string): string {
  if (secrets.length === 0) throw unsignable('no signing secret is set');
  return secrets.map((secret) => signer(secret).sign(webhookId, at, body)).join(' ');
}

function signer(secret: string): Webhook {
  try {
    return new Webhook(secret);
  } catch {
    throw unsignable('a signing secret is not base64 after "whsec_"');
  }
}

function unsignable(why: string): PartnerError {
  return new PartnerError('brand-backend', 'credentials', `${why}; set backend.signingSecrets of the brand`);
}
