import {
  startTemporalServer,
  type TemporalServer,
  type TemporalServerOptions,
} from '../../sandbox/temporal-server/start';
import { SEARCH_ATTRIBUTES } from '../../src/claims/messages';
import { fromGlobalSetup } from './test-environment';

/** A Temporal dev server of a test's own, to be killed or started again; the shared one is at TEST_TEMPORAL_ADDRESS. */
export function startOwnTemporalServer(options: Partial<TemporalServerOptions> = {}): Promise<TemporalServer> {
  const executable = options.executable ?? fromGlobalSetup('TEST_TEMPORAL_PATH');
  return startTemporalServer({ searchAttributes: Object.values(SEARCH_ATTRIBUTES), ...options, executable });
}
