import { type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../claims/messages';
import { callTemporal } from './call';

/** Adds the search attributes that the namespace lacks, and gives their names; a second call adds nothing. */
export async function registerSearchAttributes(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const operator = client.connection.operatorService;
  const { customAttributes } = await callTemporal(client, 'list search attributes', () => operator.listSearchAttributes({ namespace }));
  const lacking = Object.values(SEARCH_ATTRIBUTES).filter(({ name }) => !(name in customAttributes));
  if (lacking.length === 0) return [];
  const types = temporal.api.enums.v1.IndexedValueType;
  const searchAttributes = Object.fromEntries(lacking.map(({ name, type }) => [name, types[`INDEXED_VALUE_TYPE_${type}`]]));
  await callTemporal(client, 'add search attributes', () => operator.addSearchAttributes({ namespace, searchAttributes }));
  return lacking.map(({ name }) => name);
}
