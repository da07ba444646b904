import { parseWebhook, type WebhookReading } from '../integrations/order-protection/parse-webhook';
import { type BrandConfig } from '../store/brand-config';
import { isOneOf } from './same-secret';

/** One header of a request, by its lower-case name. */
export type Header = (name: string) => string | undefined;

/** One kind of sender: how it proves itself, and how its bodies are read. */
interface WebhookSource {
  /** Whether the request comes from the brand's sender; `null` when the brand does not use this source. */
  isAuthentic(brand: BrandConfig, header: Header): boolean | null;
  /** Reads a parsed body; whatever may come, it gives a reading. */
  read(value: unknown, receivedAt: string): WebhookReading;
}

/** Every sender of webhooks, by its name in the path. A further one is a row here and a folder in src/integrations. */
export const WEBHOOK_SOURCES = {
  // Order Protection, "Webhooks": a static secret in a header; nothing is signed.
  'order-protection': {
    isAuthentic: ({ orderProtection }, header) =>
      orderProtection === null ? null : isOneOf(orderProtection.webhookSecrets, header('x-webhook-secret')),
    read: parseWebhook,
  },
} as const satisfies Record<string, WebhookSource>;

export type WebhookSourceName = keyof typeof WEBHOOK_SOURCES;

/** Whether there is such a source. */
export function isWebhookSource(name: string): name is WebhookSourceName {
  return Object.hasOwn(WEBHOOK_SOURCES, name);
}
