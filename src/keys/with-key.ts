import { KeyRefused, PartnerError } from '../integrations/partner-error';
import { type KeyOf, type RefusedKeyStore } from '../store/refused-keys';

/** Who is told of a key, once and not per claim. */
export interface KeyTold {
  works(key: Omit<KeyOf, 'key'>): void;
  refused(key: Omit<KeyOf, 'key'>, reason: string): void;
}

/**
 * Calls a partner with a brand's key, unless the partner is known to refuse it: then nothing is called, and one call a minute tries
 * the key. @throws PartnerError `credentials` for a refused one.
 */
export async function withKey<T>(keys: RefusedKeyStore, key: KeyOf, told: KeyTold, call: () => Promise<T>): Promise<T> {
  const { brand, partner } = key;
  const answer = await keys.ask(key);
  if (typeof answer === 'object') throw new PartnerError(partner, 'credentials', answer.refused);
  try {
    const result = await call();
    if (answer === 'trial' && (await keys.clear(brand, partner))) told.works({ brand, partner });
    return result;
  } catch (error) {
    if (error instanceof KeyRefused && (await keys.refused(key, error.words)))
      told.refused({ brand, partner }, error.message);
    throw error;
  }
}

/** By a log that takes the words first. */
export function tellKeys(log: { info: LogLine; error: LogLine }): KeyTold {
  return {
    works: (key) => log.info('the key works again; its claims go on', { ...key }),
    refused: (key, reason) =>
      log.error('the key is refused: put a new one by PUT /v1/brands/{brand}', { ...key, reason }),
  };
}

type LogLine = (words: string, fields: Record<string, unknown>) => void;
