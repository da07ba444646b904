import { type z } from 'zod';

import type { Reply } from '../http/route';
import type { KustomerSettings } from './settings';

const CODES: Record<number, { code: string; title: string; older: string }> = {
  400: { code: 'badparam', title: 'Bad Request', older: 'bad_request' },
  401: { code: 'unauthorized', title: 'Unauthorized', older: 'unauthorized' },
  403: { code: 'forbidden', title: 'Forbidden', older: 'forbidden' },
  404: { code: 'notfound', title: 'Not Found', older: 'not_found' },
  409: { code: 'conflict', title: 'Conflict', older: 'conflict' },
  413: { code: 'toolarge', title: 'Payload Too Large', older: 'payload_too_large' },
  429: { code: 'too_many_requests', title: 'Too Many Requests', older: 'too_many_requests' },
};

/** What Kustomer refuses, and why. */
export class KustomerError extends Error {
  override readonly name = 'KustomerError';
  /** What every reply of the call carries: known once the key is. */
  headers: Readonly<Record<string, string>> = {};

  constructor(
    readonly status: number,
    message: string,
    readonly source: { parameter?: string; detail?: string } = {},
  ) {
    super(message);
  }
}

export const notFound = (parameter: string): KustomerError => new KustomerError(404, 'Not Found', { parameter });
export const badParameter = (parameter: string, message: string): KustomerError =>
  new KustomerError(400, message, { parameter, detail: `/properties/${parameter.replaceAll('.', '/properties/')}` });

/** The first fault of a body, in the words that Kustomer uses for unknown keys (recorded by the Solidus connector). */
export function refusal(error: z.ZodError): KustomerError {
  const [issue] = error.issues;
  if (issue === undefined) return new KustomerError(400, 'Invalid body.');
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const parent = path.length === 0 ? '' : `/properties/${path.join('/properties/')}`;
    return new KustomerError(400, 'Additional properties not allowed', {
      parameter: issue.keys[0] ?? '',
      detail: `${parent}/additionalProperties`,
    });
  }
  return badParameter(path.join('.'), issue.message);
}

/** An error in the shape asked for: `{errors: [{status, code, title, …}]}` (B) or the terser `{errors: [{code, message, meta}]}` (A). */
export function errorReply(error: KustomerError, shape: KustomerSettings['errorShape']): Reply {
  const { status, headers } = error;
  const known = CODES[status] ?? { code: 'internal_error', title: 'Internal Server Error', older: 'internal_error' };
  // A key of another region is told the pods in either shape (Kustomer, "Regions and base URLs").
  const detail = status === 401 ? error.message : error.source.detail;
  const terse = shape === 'A' || (shape === 'recorded' && status === 429);
  const entry = terse
    ? { code: known.older, message: error.message, meta: {} }
    : {
        status,
        code: known.code,
        title: status === 400 ? error.message : known.title,
        ...(detail === undefined ? {} : { detail }),
        ...(error.source.parameter === undefined ? {} : { source: { parameter: error.source.parameter } }),
      };
  return { status, headers, body: { errors: [entry] } };
}
