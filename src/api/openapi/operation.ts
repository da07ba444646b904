import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { PROBLEMS, typeOf, type Slug } from '../problems';
import { type MediaForm, type Route } from '../route';
import { problemDocument } from '../views/problem';
import { pathParameters, queryParameters } from './parameters';
import { problemsOf } from './problems-of';
import { type Schemas } from './schemas';

/** What every answer carries. */
const HEADERS = { 'x-request-id': { $ref: '#/components/headers/x-request-id' } };
const RETRY_AFTER = { 'retry-after': { $ref: '#/components/headers/retry-after' } };
const MORE_HEADERS: Readonly<Record<number, object>> = {
  401: { 'www-authenticate': { $ref: '#/components/headers/www-authenticate' } },
  429: { ...RETRY_AFTER, 'ratelimit-policy': { $ref: '#/components/headers/ratelimit-policy' } },
  503: RETRY_AFTER,
};

/** One row of the table as an Operation Object. */
export function operationOf(row: Route, schemas: Schemas): object {
  return {
    operationId: row.name,
    summary: row.summary,
    tags: [tagOf(row.path)],
    security: securityOf(row),
    parameters: [...pathParameters(row.path, schemas), ...queryParameters(row.query, schemas)],
    ...requestBody(row, schemas),
    responses: { ...successes(row, schemas), ...failures(row, schemas) },
  };
}

/** What the call is about. */
function tagOf(path: string): string {
  const [, root = '', brands, , under] = path.split('/');
  if (root === 'webhooks') return 'webhooks';
  return brands === 'brands' ? (under ?? 'brands') : 'service';
}

/** The scope stands beside the scheme as a role (OpenAPI 3.1, "Security Requirement Object"). */
function securityOf({ requires, webhook }: Route): object[] {
  if (webhook !== undefined) return [{ [webhook.proof]: [] }];
  return requires === 'nothing' ? [] : [{ token: [requires] }];
}

function requestBody({ body, webhook }: Route, schemas: Schemas): object {
  const schema = body ?? webhook?.body;
  if (schema === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemas.of(schema, 'input') } } } };
}

function successes({ answers }: Route, schemas: Schemas): Record<string, object> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, form]) => [
      status,
      { description: STATUS_CODES[status] ?? '', headers: HEADERS, ...contentOf(form, schemas) },
    ]),
  );
}

function contentOf(form: z.ZodType | MediaForm | null, schemas: Schemas): object {
  if (form === null) return {};
  if (form instanceof z.ZodType) return { content: { 'application/json': { schema: schemas.of(form, 'output') } } };
  return { content: { [form.mediaType]: form.mediaType.startsWith('text/') ? { schema: { type: 'string' } } : {} } };
}

function failures(row: Route, schemas: Schemas): Record<string, object> {
  const slugs = problemsOf(row);
  const statuses = [...new Set(slugs.map((slug) => PROBLEMS[slug].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      failure(
        status,
        slugs.filter((slug) => PROBLEMS[slug].status === status),
        schemas,
      ),
    ]),
  );
}

function failure(status: number, slugs: readonly Slug[], schemas: Schemas): object {
  const type = { enum: slugs.map(typeOf) };
  return {
    description: slugs.map((slug) => `${PROBLEMS[slug].title} (\`${typeOf(slug)}\`)`).join('; '),
    headers: { ...HEADERS, ...MORE_HEADERS[status] },
    content: {
      'application/problem+json': {
        schema: { allOf: [schemas.of(problemDocument, 'output'), { properties: { type, status: { const: status } } }] },
      },
    },
  };
}
