import { Context } from '@temporalio/activity';
import { KeyRefused, PartnerError } from '../integrations/partner-error';
import { type KeyOf, type RefusedKeyStore } from '../store/refused-keys';

/**
 * Calls a partner with a brand's key, unless the partner is known to refuse it: then the claim waits without a call, and one call a
 * minute tries the key. What changes is logged once, not per claim.
 */
export async function withKey<T>(keys: RefusedKeyStore, key: KeyOf, call: () => Promise<T>): Promise<T> {
  const { brand, partner } = key;
  const answer = await keys.ask(key);
  if (typeof answer === 'object') throw new PartnerError(partner, 'credentials', answer.refused);
  try {
    const result = await call();
    if (answer === 'trial' && (await keys.clear(brand, partner)))
      Context.current().log.info('the key works again; its claims go on', { brand, partner });
    return result;
  } catch (error) {
    if (error instanceof KeyRefused && (await keys.refused(key, error.words)))
      Context.current().log.error('the key is refused: put a new one by PUT /v1/brands/{brand}', {
        brand,
        partner,
        reason: error.message,
      });
    throw error;
  }
}
