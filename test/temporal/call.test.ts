import { type Client, ServiceError } from '@temporalio/client';
import { createSignalClaim } from '../../src/temporal/signal-claim';
import { callTemporal } from '../../src/temporal/call';
import { lazyClient } from '../../src/temporal/connection';
import { TemporalUnavailable } from '../../src/temporal/temporal-unavailable';
import { fromGlobalSetup } from '../support/test-environment';

const unavailable = (reason: string) => ({
  name: TemporalUnavailable.name,
  message: `Temporal did not take a signal: ${reason}`,
});
const withoutServer = { withDeadline: (_at: number, call: () => Promise<unknown>) => call() } as unknown as Client;
const failing = (code: number) => {
  const cause = Object.assign(new Error(`${code} SAID`), { code, details: 'said', metadata: {} });
  const call = () => Promise.reject(new ServiceError('Failed to signal', { cause }));
  return callTemporal(withoutServer, 'take a signal', call);
};

test.each([1, 4, 7, 8, 10, 14, 16])('gRPC status %i is an outage: the call is tried again later', async (code) => {
  await expect(failing(code)).rejects.toMatchObject(unavailable(`${code} SAID`));
});

test.each([3, 5, 6])('gRPC status %i is a fault of the call', async (code) => {
  await expect(failing(code)).rejects.toThrow('Failed to signal');
});

test('a namespace that is missing is an outage, and is named', async () => {
  const client = lazyClient(
    { connectionOptions: { address: fromGlobalSetup('TEST_TEMPORAL_ADDRESS') }, namespace: 'gone' },
    {},
  );
  const temporal = createSignalClaim(client);
  await expect(temporal.refreshKlaims('acme')).rejects.toMatchObject(unavailable('there is no namespace gone'));
  await client.connection.close();
});
