import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { type OpenApiDocument } from '../../../src/api/openapi/document';

/** An answer of the API as it went out. `path` is without query. */
export interface SentAnswer {
  method: string;
  path: string;
  status: number;
  contentType: string | undefined;
  body: string;
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> } | undefined>;
}

/** What can happen to a call that is no operation of the document. */
const OUTSIDE = [400, 404, 405];

/** Finds what an answer has that the document does not say: nothing, when it keeps the contract. */
export function contractOf(document: OpenApiDocument): (answer: SentAnswer) => string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats(ajv);
  ajv.addFormat('base64', /^[A-Za-z0-9+/]*={0,2}$/);
  ajv.addFormat('cidrv4', (text) => z.cidrv4().safeParse(text).success);
  ajv.addFormat('cidrv6', (text) => z.cidrv6().safeParse(text).success);
  ajv.addSchema(document, 'openapi');
  const validators = new Map<string, ValidateFunction>();
  const templates = Object.keys(document.paths).map(
    (template) => [template, new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`)] as const,
  );

  function faultsAt(pointer: readonly string[], body: string): string[] {
    const $ref = `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
    const validate = validators.get($ref) ?? ajv.compile({ $ref });
    validators.set($ref, validate);
    if (validate(JSON.parse(body))) return [];
    const faults = validate.errors?.map(
      ({ instancePath, message, params }) => `body${instancePath} ${message} ${JSON.stringify(params)}`,
    );
    return [...new Set(faults)];
  }

  return ({ method, path, status, contentType, body }) => {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    const template = templates.find(([, matches]) => matches.test(path))?.[0] ?? '';
    const operation = document.paths[template]?.[verb] as Operation | undefined;
    const mediaType = contentType?.split(';')[0] ?? '';
    // A browser asks whether its page may call (Fetch standard, "CORS protocol"): that is no operation.
    if (method === 'OPTIONS' && status === 204) return [];
    if (operation === undefined) {
      if (!OUTSIDE.includes(status)) return [`is answered ${status}, but is not in the document`];
      return mediaType === 'application/problem+json'
        ? faultsAt(['components', 'schemas', 'Problem'], body)
        : [`has the content type ${contentType}`];
    }
    const response = operation.responses[status];
    if (response === undefined) return [`is answered ${status}, of which the document says nothing`];
    if (response.content === undefined) return body === '' ? [] : ['has a body where there should be none'];
    const described = response.content[mediaType];
    if (described === undefined) return [`has the content type ${contentType}`];
    if (method === 'HEAD' || described.schema === undefined || !mediaType.endsWith('json')) return [];
    return faultsAt(['paths', template, verb, 'responses', String(status), 'content', mediaType, 'schema'], body);
  };
}
