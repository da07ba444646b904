import { Client, Connection } from '@temporalio/client';
import { locateServer } from '../../sandbox/temporal-server/locate';
import { startTemporalServer } from '../../sandbox/temporal-server/start';
import { SEARCH_ATTRIBUTES } from '../../src/claims/messages';
import { registerSearchAttributes } from '../../src/temporal/namespace';
import { type Site } from './site';

/** The Temporal server that was given, else a new one in memory; its address. */
export async function temporalOn(site: Site): Promise<string> {
  if (site.temporalAddress === null) {
    const executable = await locateServer('temporal');
    const searchAttributes = Object.values(SEARCH_ATTRIBUTES);
    return site.keep(await startTemporalServer({ executable, searchAttributes, logLevel: 'error' })).address;
  }
  await registerSearchAttributes(await clientOn(site, site.temporalAddress));
  return site.temporalAddress;
}

/** A client that carries payloads as they are. */
export async function clientOn(site: Site, address: string): Promise<Client> {
  const connection = await Connection.connect({ address });
  site.keep({ stop: () => connection.close() });
  return new Client({ connection });
}
