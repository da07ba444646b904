import { segment } from '../rest';
import { type Answered, type ReportTemplate } from './route';

const PLACEHOLDER = /\{(\w+)\}/g;

/** What a template's placeholders stand for; undefined where this answer has no such value. */
export function valuesOf({
  claimId,
  resolutionId,
  kind,
  sourceOrderId,
  answer,
}: Answered): ReadonlyMap<string, string> {
  const values = {
    claimId,
    resolutionId,
    kind: kind.toUpperCase(),
    sourceOrderId: sourceOrderId ?? undefined,
    reshipOrderId: answer.outcome === 'reshipped' ? answer.reshipOrderId : undefined,
    refundId: answer.outcome === 'refunded' ? answer.refundId : undefined,
    amount: answer.outcome === 'refunded' ? answer.amount : undefined,
    currency: answer.outcome === 'refunded' ? answer.currency : undefined,
  };
  return new Map(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** The names that a path needs and this answer does not give. */
export function missingIn(path: string, values: ReadonlyMap<string, string>): string[] {
  return [...path.matchAll(PLACEHOLDER)].flatMap(([, name = '']) => (values.has(name) ? [] : [name]));
}

/** The path with each value encoded as one part of it. */
export function fillPath(path: string, values: ReadonlyMap<string, string>): string {
  return path.replaceAll(PLACEHOLDER, (_, name: string) => segment(values.get(name) ?? ''));
}

/** The body, its values as text. A value that is one placeholder without a value is left out; within other text it is empty. */
export function fillBody(body: ReportTemplate['body'], values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, template]) => {
      const [, only] = /^\{(\w+)\}$/.exec(template) ?? [];
      if (only !== undefined && !values.has(only)) return [];
      return [[key, template.replaceAll(PLACEHOLDER, (_, name: string) => values.get(name) ?? '')]];
    }),
  );
}
