import { klaimBy } from '../claims/mapping/klaim-by';
import { type Kustomer, type KustomerAccess } from '../integrations/kustomer/client';
import { type Mapping } from '../claims/mapping/mapping';
import { tellKeys, withKey } from '../keys/with-key';
import { type KeyOf } from '../store/refused-keys';
import { type Store } from '../store/store';
import { type ClaimRef, type KustomerActivities } from './contract';
import { activityLog, keepingWait, missing, partnerCall } from './partner-call';

/** What workflows ask of Kustomer. */
export function createKustomerActivities(store: Store, kustomer: Kustomer): KustomerActivities {
  const settingsOf = async (
    brand: string,
  ): Promise<{ access: KustomerAccess; key: KeyOf; mapping: Mapping; mappingVersion: number }> => {
    const settings = (await store.brands.get(brand))?.kustomer;
    if (settings == null || settings.apiKey === null) throw missing('kustomer', 'kustomer.apiKey');
    const { org, apiKey, klass, baseUrl, requestsPerMinute, mapping, mappingVersion } = settings;
    const key = { brand, partner: 'kustomer', key: apiKey };
    return { access: { org, apiKey, klass, baseUrl, requestsPerMinute }, key, mapping, mappingVersion };
  };
  const told = tellKeys(activityLog);
  const kustomerCall = <T>({ brand, claimId }: ClaimRef, call: (signal: AbortSignal) => Promise<T>): Promise<T> =>
    partnerCall((signal) => keepingWait(store, { brand, claimId, partner: 'kustomer' }, () => call(signal)));
  return {
    syncKlaim: ({ brand, claimId, claim, isRefresh, ...wanted }) =>
      kustomerCall({ brand, claimId }, async (signal) => {
        const { access, key, mapping, mappingVersion } = await settingsOf(brand);
        const klaim = klaimBy(mapping, claim);
        const urgency = isRefresh ? 'background' : 'live';
        const synced = await withKey(store.refusedKeys, key, told, () =>
          kustomer.syncKlaim(access, { ...wanted, claimId, klaim }, { signal, urgency }),
        );
        if ('supersededBy' in synced) return synced;
        const { klaimId, customerId, matchedBy } = synced;
        return { klaimId, customerId, matchedBy, mappingVersion };
      }),

    relinkKlaim: ({ brand, claimId, claim, ...wanted }) =>
      kustomerCall({ brand, claimId }, async (signal) => {
        const { access, key, mapping, mappingVersion } = await settingsOf(brand);
        const klaim = klaimBy(mapping, claim);
        const relinked = await withKey(store.refusedKeys, key, told, () =>
          kustomer.relinkKlaim(access, { ...wanted, claimId, klaim }, { signal }),
        );
        if ('refused' in relinked || 'supersededBy' in relinked) return relinked;
        const { klaimId, customerId, matchedBy, retired } = relinked;
        return { klaimId, customerId, matchedBy, mappingVersion, retired };
      }),
  };
}
