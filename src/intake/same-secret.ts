import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/** Whether a presented secret is one of the valid ones. Digests of equal length are compared, all of them: time tells nothing. */
export function isOneOf(secrets: readonly string[], presented: string | undefined): boolean {
  const given = digest(presented ?? '');
  const matches = secrets.filter((secret) => timingSafeEqual(digest(secret), given));
  return presented !== undefined && presented !== '' && matches.length > 0;
}
