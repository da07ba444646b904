import { type Route } from '../route';
import { describeCommands } from './commands';
import { operationOf } from './operation';
import { createSchemas } from './schemas';

/** An OpenAPI 3.1 document, as far as we look into it. */
export interface OpenApiDocument {
  openapi: string;
  info: object;
  paths: Record<string, Record<string, object>>;
  webhooks: Record<string, object>;
  components: { schemas: Readonly<Record<string, object>>; headers: object; securitySchemes: object };
}

const ABOUT = [
  'Takes the webhooks of claim sources and the answers of brand backends, and shows operators their claims.',
  'Every problem is a document by RFC 9457 whose `type` is a page that says cause and fix.',
  'Times are RFC 3339 in UTC; money is a decimal string with its currency, never a float.',
].join('\n\n');

const TOKEN = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'ck_…',
  description: [
    'A token of the brand in the path, with the scope that the call names (`read`, `resolve`, `operate` or `admin`; none implies another).',
    'The token of the environment (CLAIMKEEPER_ADMIN_TOKEN) holds every brand and scope, and alone may do what names `environment`.',
  ].join(' '),
};

const HEADERS = {
  'x-request-id': { description: 'What the log calls this request', schema: { type: 'string', format: 'uuid' } },
  'ratelimit-policy': {
    description: 'How many are allowed (`q`) in how many seconds (`w`); `RateLimit` says how many are left',
    schema: { type: 'string' },
  },
  'retry-after': { description: 'When to try again, in seconds from now', schema: { type: 'integer' } },
  'www-authenticate': { description: 'How to authenticate, where a token is asked for', schema: { type: 'string' } },
};

/** Describes the API by its table of routes, and what brands are sent by the schemas of the commands. */
export function describeApi(routes: readonly Route[]): OpenApiDocument {
  const schemas = createSchemas();
  const paths: OpenApiDocument['paths'] = {};
  for (const row of routes) (paths[row.path] ??= {})[row.method] = operationOf(row, schemas);
  const proofs = routes.flatMap(({ webhook }) => (webhook === undefined ? [] : [webhook.proof]));
  return {
    openapi: '3.1.0',
    info: { title: 'Claimkeeper', version: '1', description: ABOUT },
    paths,
    webhooks: describeCommands(schemas),
    components: {
      schemas: schemas.components,
      headers: HEADERS,
      securitySchemes: {
        token: TOKEN,
        ...Object.fromEntries(proofs.map((header) => [header, { type: 'apiKey', in: 'header', name: header }])),
      },
    },
  };
}
