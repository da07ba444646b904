import express, { type Express } from 'express';
import helmet from 'helmet';
import { allowOrigins } from './allow-origins';
import { answerProblems } from './answer-problems';
import { mount } from './mount';
import { describeApi } from './openapi/document';
import { type ApiParts } from './parts';
import { Problem } from './problem';
import { logRequests } from './request-log';
import { ROUTES } from './routes';
import { CODEC_PATH } from './routes/convert-payloads';

/** The whole HTTP interface as an Express application; nothing is opened or started by it. */
export function createApi(parts: ApiParts): Express {
  const app = express();
  app.disable('etag').set('query parser', 'simple').set('case sensitive routing', true);
  app.set('trust proxy', [...parts.trustedProxies]);
  app.use(logRequests(parts.log, parts.metrics), helmet());
  app.use(CODEC_PATH, allowOrigins(parts.codec.origins));
  mount(app, ROUTES, { ...parts, openapi: JSON.stringify(describeApi(ROUTES)) });
  app.use(() => {
    throw new Problem('unknown-route');
  });
  app.use(answerProblems);
  return app;
}
