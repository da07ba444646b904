import { Agent, buildConnector } from 'undici';
import { type Judge } from './judge';
import { refusedLiteral } from './literal';
import { guardedLookup, resolveBySystem, type Resolve } from './lookup';

/** What an answer may measure, in bytes. There is no decompression: what counts is what comes over the wire, and what is held in memory. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
export const MAX_HEADER_BYTES = 16 * 1024;
/** From the look-up of the name to the end of the TLS handshake. */
export const CONNECT_MS = 5_000;

/** What stands for the world around the process in tests. */
interface World {
  resolve?: Resolve;
  /** Certificates to trust in place of the machine's. */
  ca?: string;
}

/**
 * Makes all connections to addresses that configuration gives, none to an address that the judge refuses. A proxy of the
 * environment is not used, certificates are checked whatever the environment says, and no redirect is followed. A connection
 * that is kept alive was judged when it was dialled, and serves its own origin only.
 */
export function createEgressDispatcher(judge: Judge, { resolve = resolveBySystem, ca }: World = {}): Agent {
  const dial = buildConnector({
    lookup: guardedLookup(judge, resolve),
    // Has the look-up asked for all addresses of a name.
    autoSelectFamily: true,
    timeout: CONNECT_MS,
    rejectUnauthorized: true,
    ...(ca === undefined ? {} : { ca }),
  });
  return new Agent({
    maxHeaderSize: MAX_HEADER_BYTES,
    maxResponseSize: MAX_ANSWER_BYTES,
    connect: (options, callback) => {
      // An address is dialled without a look-up.
      const refused = refusedLiteral(options.hostname, judge);
      if (refused === null) dial(options, callback);
      else queueMicrotask(() => callback(refused, null));
    },
  });
}
