import { createHash } from 'node:crypto';
import { karlaWebhooks } from '../integrations/karla/webhooks';
import { parseWebhook } from '../integrations/order-protection/parse-webhook';
import { type Webhook, type WebhookReading, type WebhookSource } from '../integrations/webhook';
import { type BrandConfig } from '../store/brand-config';
import { type JsonBody } from './json-body';
import { DEEPEST, isTooDeep } from './json-depth';
import { isOneOf } from './same-secret';

/** A brand's door for one kind of sender. */
export interface Door {
  /** Address ranges of its senders; absent: all. */
  sourceAddresses: readonly string[] | undefined;
  isAuthentic(webhook: Webhook): boolean;
  isForeign(value: unknown): boolean;
}

/** One kind of sender as a row of the table. */
interface Row {
  proof: string;
  /** The brand's door for it; `null` when the brand does not use this source. */
  doorOf(brand: BrandConfig): Door | null;
  read(value: unknown, receivedAt: string): WebhookReading;
}

function row<Settings>(
  settingsOf: (brand: BrandConfig) => (Settings & { sourceAddresses?: readonly string[] | undefined }) | null,
  { proof, isAuthentic, isForeign, read }: WebhookSource<Settings>,
): Row {
  return {
    proof,
    doorOf(brand) {
      const settings = settingsOf(brand);
      if (settings === null) return null;
      return {
        sourceAddresses: settings.sourceAddresses,
        isAuthentic: (webhook) => isAuthentic(settings, webhook),
        isForeign: (value) => isForeign(settings, value),
      };
    },
    read,
  };
}

/** Every sender of webhooks, by its name in the path. A further one is a row here and a folder in src/integrations. */
export const WEBHOOK_SOURCES = {
  'order-protection': row(({ orderProtection }) => orderProtection, {
    // Order Protection, "Webhooks": a static secret in a header; nothing is signed.
    proof: 'x-webhook-secret',
    isAuthentic: ({ webhookSecrets }, { header }) => isOneOf(webhookSecrets, header('x-webhook-secret')),
    isForeign: () => false,
    read: parseWebhook,
  }),
  karla: row(({ karla }) => karla, karlaWebhooks),
} as const satisfies Record<string, Row>;

export type WebhookSourceName = keyof typeof WEBHOOK_SOURCES;

/** Whether there is such a source. */
export function isWebhookSource(name: string): name is WebhookSourceName {
  return Object.hasOwn(WEBHOOK_SOURCES, name);
}

/** Reads a body, unless it is nested so deeply that no reader should look into it: then its bytes alone tell it from others. */
export function readWebhook(source: WebhookSourceName, { text, value }: JsonBody, receivedAt: string): WebhookReading {
  if (!isTooDeep(text)) return WEBHOOK_SOURCES[source].read(value, receivedAt);
  const dedupeKey = createHash('sha256').update(text).digest('hex');
  return { kind: 'unusable', topic: null, dedupeKey, reason: `nested deeper than ${DEEPEST} levels` };
}
