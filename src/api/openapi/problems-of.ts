import { type Slug } from '../problems';
import { isCounted } from '../access';
import { type Route } from '../route';

/** Every problem that a call of this row can be answered with: its own, and those that follow from what it asks and takes. */
export function problemsOf({ requires, path, query, body, webhook, problems }: Route): Slug[] {
  const slugs: Slug[] = [...problems, 'internal-error'];
  if (path.includes('{')) slugs.push('bad-path', 'unknown-route');
  if (requires !== 'nothing') slugs.push('not-authenticated', 'missing-scope', 'storage-unavailable');
  if (requires !== 'nothing' || webhook !== undefined) slugs.push('too-many-attempts');
  if (isCounted(requires)) slugs.push('too-many-calls');
  if (requires !== 'nothing' && path.includes('{brand}')) slugs.push('unknown-brand');
  if (body !== undefined || webhook !== undefined)
    slugs.push('bad-request', 'not-json', 'not-json-type', 'body-too-large');
  if (body !== undefined || query !== undefined) slugs.push('invalid-input');
  return [...new Set(slugs)];
}
