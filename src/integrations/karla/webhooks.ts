import { type WebhookSource } from '../webhook';
import { fields } from '../wire';
import { parseWebhook } from './parse-webhook';
import { isSigned } from './signature';

/** What a brand says of its Karla shop. */
export interface KarlaShop {
  shopId: string;
  webhookSecrets: readonly string[];
}

/** Karla as a sender of webhooks. */
export const karlaWebhooks: WebhookSource<KarlaShop> = {
  proof: 'karla-signature',
  isAuthentic: ({ webhookSecrets }, webhook) => isSigned(webhook, webhookSecrets),
  isForeign: (shop, value) => {
    const { shopId } = fields(value);
    if (shopId === undefined) return false;
    return typeof shopId !== 'string' || shopId.trim().toLowerCase() !== shop.shopId.toLowerCase();
  },
  read: parseWebhook,
};
