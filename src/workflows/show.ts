import { defineSearchAttributeKey } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { caseFile } from '../claims/case-file';
import { SEARCH_ATTRIBUTES } from '../claims/messages';
import { type ClaimView } from '../claims/view';

const KEYS = {
  brand: defineSearchAttributeKey(SEARCH_ATTRIBUTES.brand.name, SEARCH_ATTRIBUTES.brand.type),
  phase: defineSearchAttributeKey(SEARCH_ATTRIBUTES.phase.name, SEARCH_ATTRIBUTES.phase.type),
  attention: defineSearchAttributeKey(SEARCH_ATTRIBUTES.attention.name, SEARCH_ATTRIBUTES.attention.type),
  source: defineSearchAttributeKey(SEARCH_ATTRIBUTES.source.name, SEARCH_ATTRIBUTES.source.type),
  order: defineSearchAttributeKey(SEARCH_ATTRIBUTES.order.name, SEARCH_ATTRIBUTES.order.type),
  deadline: defineSearchAttributeKey(SEARCH_ATTRIBUTES.deadline.name, SEARCH_ATTRIBUTES.deadline.type),
};

const VALUE_LIMIT = 255;

/** Shows a claim in Temporal: its details at once, its search attributes when they differ from those shown last. */
export function createShow(): (view: ClaimView) => void {
  let shown = '';
  return (view) => {
    setCurrentDetails(caseFile(view));
    const { brand, phase, attention, source, orderId, deadline } = view;
    const values = JSON.stringify([brand, phase, attention, source, orderId, deadline]);
    if (values === shown) return;
    shown = values;
    upsertSearchAttributes([
      { key: KEYS.brand, value: brand.slice(0, VALUE_LIMIT) },
      { key: KEYS.phase, value: phase },
      { key: KEYS.attention, value: attention },
      { key: KEYS.source, value: source },
      { key: KEYS.order, value: orderId?.slice(0, VALUE_LIMIT) ?? null },
      { key: KEYS.deadline, value: deadline === null ? null : new Date(deadline) },
    ]);
  };
}
