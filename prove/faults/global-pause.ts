import { setTimeout as sleep } from 'node:timers/promises';
import * as http from '../../src/integrations/http';
import { replace } from '../inside/replace';
import { OUTAGE_MS } from '../plan/chaos';

/** Longer than any outage of the proof. */
const PAUSE_MS = 2 * OUTAGE_MS;

/** A partner that says that it is down stops the calls to all partners for a while. */
export function globalPause(): void {
  let pausedUntil = 0;
  replace(http, 'createHttp', (create) => (dispatcher) => {
    const call = create(dispatcher);
    return async (request) => {
      await sleep(Math.max(0, pausedUntil - performance.now()), undefined, { signal: request.signal });
      const reply = await call(request);
      if (reply.status === 503) pausedUntil = performance.now() + PAUSE_MS;
      return reply;
    };
  });
}
