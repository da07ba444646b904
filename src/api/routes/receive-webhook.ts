import { type Receipt } from '../../intake/receive';
import { WEBHOOK_SOURCES, type WebhookSourceName } from '../../intake/webhook-sources';
import { Problem } from '../problem';
import { type Slug } from '../problems';
import { type Route } from '../route';

const REFUSED = {
  unknownBrand: 'unknown-brand',
  notJsonType: 'not-json-type',
  notAuthentic: 'wrong-webhook-secret',
  notJson: 'not-json',
} as const satisfies Record<Extract<Receipt, { stored: false }>['refusal'], Slug>;

/** One door per source: `POST /webhooks/{source}/{brand}`. 200 means stored, and nothing else does. */
export const receiveWebhooks: readonly Route[] = (Object.keys(WEBHOOK_SOURCES) as WebhookSourceName[]).map(
  (source) => ({
    method: 'post',
    path: `/webhooks/${source}/{brand}`,
    requires: 'nothing',
    summary: `Takes a webhook of ${source}`,
    answer: async ({ params, header, body }, { receive }) => {
      const receipt = await receive({ source, brand: params['brand'] ?? '', header, body }).catch((error: unknown) => {
        throw error instanceof Problem ? error : new Problem('not-stored', undefined, {}, { cause: error });
      });
      if (!receipt.stored) throw new Problem(REFUSED[receipt.refusal]);
      return { status: 200, json: { deliveryId: receipt.deliveryId, status: receipt.status } };
    },
  }),
);
