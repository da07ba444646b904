import express, { type Request, type Response } from 'express';
import { Problem } from './problem';

/** No request has more to say; a webhook of Order Protection has a few kilobytes. */
const MAX_BODY_BYTES = 1024 * 1024;

const raw = express.raw({ type: () => true, limit: MAX_BODY_BYTES });

/** Reads the whole body (unpacked, if it came compressed). Throws a problem when it is too large or ends early. */
export function readBody(req: Request, res: Response): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    raw(req, res, (error?: unknown) => {
      const body: unknown = req.body;
      if (error !== undefined) reject(problemOf(error));
      else resolve(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    });
  });
}

/** What body-parser's errors mean: it names the status. */
function problemOf(error: unknown): Problem {
  const { status } = error as { status?: number };
  const slug = status === 413 ? 'body-too-large' : status === 415 ? 'not-json-type' : 'bad-request';
  return new Problem(slug, undefined, {}, { cause: error });
}
