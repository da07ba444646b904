import type { Happening } from './events';
import type { Store } from './state';

/** The body of a delivery in the store's dialect; `id` is absent in the developer page's. */
export function envelope(store: Store, happening: Happening, id: string, at: string): Record<string, unknown> {
  if (store.webhook?.dialect === 'developer') {
    const body = camelCased({ ...(happening.thin ?? happening.body), store_id: store.id });
    return { topic: happening.topic.replace('.', '/'), body };
  }
  return { id, topic: happening.topic, created_at: at.replace(/\.\d+Z$/, 'Z'), body: happening.body };
}

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()),
      camelCased(inner),
    ]),
  );
}

/** The same content under another event id: what a retry sends when ids are not kept. */
export function withFreshId(body: string, id: string): string {
  const parsed = JSON.parse(body) as Record<string, unknown>;
  return 'id' in parsed ? JSON.stringify({ ...parsed, id }) : body;
}
