import express, { type Express } from 'express';
import helmet from 'helmet';
import { answerProblems } from './answer-problems';
import { mount } from './mount';
import { type ApiParts } from './parts';
import { Problem } from './problem';
import { logRequests } from './request-log';
import { ROUTES } from './routes';

/** The whole HTTP interface as an Express application; nothing is opened or started by it. */
export function createApi(parts: ApiParts): Express {
  const app = express();
  app.disable('etag').set('query parser', 'simple').set('case sensitive routing', true);
  app.use(logRequests(parts.log), helmet());
  mount(app, ROUTES, parts);
  app.use(() => {
    throw new Problem('unknown-route');
  });
  app.use(answerProblems);
  return app;
}
