import { type RequestHandler } from 'express';

/** Temporal Web names the namespace of what it wants decoded. */
const HEADERS = 'authorization, content-type, x-namespace';
const MAX_AGE_SECONDS = '600';

/** Lets pages of exactly these origins POST from a browser (Fetch standard, "CORS protocol"); others get no word of permission. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return function answerPreflight(req, res, next) {
    res.vary('origin');
    const origin = req.get('origin');
    if (origin === undefined || !origins.includes(origin)) {
      next();
      return;
    }
    res.set({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' });
    if (req.method !== 'OPTIONS') {
      next();
      return;
    }
    res.set({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': HEADERS,
      'access-control-max-age': MAX_AGE_SECONDS,
    });
    res.status(204).end();
  };
}
