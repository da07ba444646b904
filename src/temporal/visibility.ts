import { defaultPayloadConverter } from '@temporalio/common';
import { type temporal } from '@temporalio/proto';
import { CLAIM_WORKFLOW, SEARCH_ATTRIBUTES } from '../claims/messages';
import { type ClaimFilter } from './claims-port';

/** A text in a visibility query (docs.temporal.io, List Filter): quoted, its own quotes and backslashes escaped. */
export function quoted(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The query for a brand's open claims. */
export function openClaimsQuery(brand: string, { phase, attention, order }: Omit<ClaimFilter, 'cursor'> = {}): string {
  const wanted: [string, string | undefined][] = [
    ['WorkflowType', CLAIM_WORKFLOW],
    ['ExecutionStatus', 'Running'],
    [SEARCH_ATTRIBUTES.brand.name, brand],
    [SEARCH_ATTRIBUTES.phase.name, phase],
    [SEARCH_ATTRIBUTES.attention.name, attention],
    [SEARCH_ATTRIBUTES.order.name, order],
  ];
  return wanted.flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${quoted(value)}`])).join(' AND ');
}

/** The values of search attributes as text. They are never encoded: Temporal has to index them. */
export function searchAttributesOf(
  attributes: temporal.api.common.v1.ISearchAttributes | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes?.indexedFields ?? {}).flatMap(([name, payload]) => {
      const value: unknown = defaultPayloadConverter.fromPayload(payload);
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
