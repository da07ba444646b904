import { Client, Connection } from '@temporalio/client';
import { type DataConverter } from '@temporalio/common';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';

export const DEFAULT_NAMESPACE = 'default';

/** Where Temporal is, as `TEMPORAL_*` and Temporal's own configuration file say (docs.temporal.io, Environment configuration). */
export function temporalConfig(env: NodeJS.ProcessEnv): ClientConnectConfig {
  const set = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) as Record<string, string> });
}

/**
 * A client that connects when it is first used: the API starts, takes webhooks and stays up while Temporal is down.
 *
 * @param dataConverter the service's own; `{}` for a client that carries no payloads.
 */
export function lazyClient(
  { connectionOptions, namespace = DEFAULT_NAMESPACE }: ClientConnectConfig,
  dataConverter: DataConverter,
): Client {
  const { address, tls, metadata, apiKey } = connectionOptions;
  const connection = Connection.lazy({
    ...(address === undefined ? {} : { address }),
    ...(tls === undefined ? {} : { tls }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(apiKey === undefined ? {} : { apiKey }),
  });
  return new Client({ connection, namespace, dataConverter });
}

/** The worker's connection; fails when Temporal cannot be reached. */
export function connectWorker({ connectionOptions }: ClientConnectConfig): Promise<NativeConnection> {
  return NativeConnection.connect(connectionOptions);
}
