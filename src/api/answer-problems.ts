import { type ErrorRequestHandler, type Response } from 'express';
import { UnknownCursor } from '../claims/unknown-cursor';
import { DatabaseUnavailable, SecretsToGiveAgain } from '../store/errors';
import { TemporalUnavailable } from '../temporal/temporal-unavailable';
import { documentOf, Problem } from './problem';
import { requestOf } from './request-log';
import { invalidInput } from './invalid-input';

/** The last handler: every failure becomes a problem document; what is not known tells the caller nothing and the log everything. */
export const answerProblems: ErrorRequestHandler = (error, _req, res, next) => {
  const request = requestOf(res);
  request.error = error;
  if (res.headersSent) next(error);
  else sendProblem(res, problemOf(error), request.id);
};

/** The problem that a failure is answered with. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TemporalUnavailable) return new Problem('temporal-unavailable', error.message);
  if (error instanceof DatabaseUnavailable) return new Problem('storage-unavailable');
  if (error instanceof SecretsToGiveAgain)
    return invalidInput(
      error.secrets.map((path) => ({
        path,
        message: 'must be given again, because baseUrl changes: a stored secret is not sent to another address',
      })),
    );
  if (error instanceof UnknownCursor)
    return invalidInput([
      { path: 'query.cursor', message: 'is no cursor of this list: use nextCursor as it was given' },
    ]);
  // Express names a path that cannot be decoded by its status alone.
  if (error instanceof URIError) return new Problem('bad-path');
  return new Problem('internal-error');
}

/** Seconds. What does not answer now is asked for again soon: long enough for a restart, and nobody waits long for what is back. */
const RETRY_AFTER = '5';

function sendProblem(res: Response, problem: Problem, requestId: string): void {
  res.status(problem.status).set({
    'cache-control': 'no-store',
    ...(problem.status === 503 ? { 'retry-after': RETRY_AFTER } : {}),
    ...problem.extras.headers,
  });
  res.setHeader('content-type', 'application/problem+json');
  res.send(Buffer.from(JSON.stringify(documentOf(problem, requestId))));
}
