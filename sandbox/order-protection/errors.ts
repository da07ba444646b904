import { STATUS_CODES } from 'node:http';

import type { z } from 'zod';

import type { Reply } from '../http/route';

/** What Order Protection refuses. The envelope is that of NestJS, which it is seen to run on. */
export class OrderProtectionError extends Error {
  override readonly name = 'OrderProtectionError';

  constructor(
    readonly status: number,
    readonly reasons: string | readonly string[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(String(reasons));
  }
}

export const refusal = (error: z.ZodError): OrderProtectionError =>
  new OrderProtectionError(
    400,
    error.issues.map(({ path, message }) => [path.join('.'), message].join(' ').trim()),
  );

export const errorReply = ({ status, reasons, headers }: OrderProtectionError): Reply => ({
  status,
  headers,
  body: { statusCode: status, message: reasons, error: STATUS_CODES[status] ?? 'Error' },
});
