import { z } from 'zod';
import { type Receipt } from '../../intake/receive';
import { WEBHOOK_SOURCES, type WebhookSourceName } from '../../intake/webhook-sources';
import { brandSlug } from '../../store/brand-config';
import { Problem } from '../problem';
import { type Slug } from '../problems';
import { type Route } from '../route';
import { receipt } from '../views/delivery';

const REFUSED = {
  unknownBrand: 'unknown-brand',
  foreignAddress: 'foreign-address',
  notJsonType: 'not-json-type',
  notAuthentic: 'wrong-webhook-secret',
  notJson: 'not-json',
} as const satisfies Record<Extract<Receipt, { stored: false }>['refusal'], Slug>;

/** People put anything into a path: only what could be a brand is repeated. */
const shownBrand = (brand: string): string => (brandSlug.safeParse(brand).success ? brand : '…');

/** One door per source: `POST /webhooks/{source}/{brand}`. 200 means stored, and nothing else does. */
export const receiveWebhooks: readonly Route[] = (Object.keys(WEBHOOK_SOURCES) as WebhookSourceName[]).map(
  (source) => ({
    name: `receive${source.replace(/(?:^|-)(\w)/g, (_start, letter: string) => letter.toUpperCase())}Webhook`,
    method: 'post',
    path: `/webhooks/${source}/{brand}`,
    requires: 'nothing',
    summary: `Takes a webhook of ${source}`,
    answers: { 200: receipt },
    problems: [...Object.values(REFUSED), 'not-stored'],
    webhook: { body: z.unknown().meta({ description: `As ${source} sends it` }), proof: WEBHOOK_SOURCES[source].proof },
    answer: async ({ params, header, body, remoteAddress }, { receive, rejections, metrics }) => {
      const brand = params['brand'] ?? '';
      try {
        const received = await receive({ source, brand, header, body, remoteAddress });
        if (!received.stored) throw new Problem(REFUSED[received.refusal]);
        metrics.webhook({ source, status: received.status });
        return { status: 200, json: { deliveryId: received.deliveryId, status: received.status } };
      } catch (error) {
        if (!(error instanceof Problem)) throw new Problem('not-stored', undefined, {}, { cause: error });
        rejections.note({ source, brand: shownBrand(brand), reason: error.slug, remoteAddress });
        throw error;
      }
    },
  }),
);
