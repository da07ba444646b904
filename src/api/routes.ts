import { type Route } from './route';
import { actOnClaim } from './routes/act-on-claim';
import { applyKustomer } from './routes/apply-kustomer';
import { answerResolution } from './routes/answer-resolution';
import { decodePayloads, encodePayloads } from './routes/convert-payloads';
import { listBrands } from './routes/list-brands';
import { listClaims } from './routes/list-claims';
import { listDeliveries } from './routes/list-deliveries';
import { listTokens } from './routes/list-tokens';
import { mintToken } from './routes/mint-token';
import { readDocs, readDocsScript } from './routes/read-docs';
import { readHealth, readReadiness } from './routes/probe';
import { previewKlaim } from './routes/preview-klaim';
import { planKustomer } from './routes/plan-kustomer';
import { putBrand } from './routes/put-brand';
import { readBrand } from './routes/read-brand';
import { readClaim } from './routes/read-claim';
import { readMetrics } from './routes/read-metrics';
import { readOpenApi } from './routes/read-openapi';
import { readProblem } from './routes/read-problem';
import { receiveWebhooks } from './routes/receive-webhook';
import { removeBrand } from './routes/remove-brand';
import { replayDelivery } from './routes/replay-delivery';
import { replayQuarantined } from './routes/replay-quarantined';
import { revokeToken } from './routes/revoke-token';

/** Every call that is served. Each row says method, path, who may call, what it takes and what it does. */
export const ROUTES: readonly Route[] = [
  ...receiveWebhooks,
  listClaims,
  readClaim,
  answerResolution,
  ...actOnClaim,
  previewKlaim,
  listBrands,
  putBrand,
  readBrand,
  removeBrand,
  planKustomer,
  applyKustomer,
  listTokens,
  mintToken,
  revokeToken,
  listDeliveries,
  replayDelivery,
  replayQuarantined,
  decodePayloads,
  encodePayloads,
  readHealth,
  readReadiness,
  readProblem,
  readOpenApi,
  readMetrics,
  readDocs,
  readDocsScript,
];
