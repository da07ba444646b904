import { type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../claims/messages';
import { callTemporal } from './call';

type SearchAttribute = (typeof SEARCH_ATTRIBUTES)[keyof typeof SEARCH_ATTRIBUTES];

/** Adds the search attributes that the namespace lacks, and gives their names; a second call adds nothing. */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const { operatorService } = client.connection;
  const { customAttributes } = await callTemporal(client, 'list search attributes', () =>
    operatorService.listSearchAttributes({ namespace }),
  );
  const lacking = Object.values(SEARCH_ATTRIBUTES).filter(({ name }) => !(name in customAttributes));
  if (lacking.length > 0) await addSearchAttributes(client, lacking);
  return lacking.map(({ name }) => name);
}

/** Adds these search attributes; a server that cannot list them (the time-skipping one) can still take them. */
export async function addSearchAttributes(client: Client, attributes: readonly SearchAttribute[]): Promise<void> {
  const types = temporal.api.enums.v1.IndexedValueType;
  const searchAttributes = Object.fromEntries(
    attributes.map(({ name, type }) => [name, types[`INDEXED_VALUE_TYPE_${type}`]]),
  );
  const { namespace } = client.options;
  await callTemporal(client, 'add search attributes', () =>
    client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
  );
}
