import { klaimBy } from '../claims/mapping/klaim-by';
import { type Kustomer, type KustomerAccess } from '../integrations/kustomer/client';
import { type Mapping } from '../claims/mapping/mapping';
import { type Store } from '../store/store';
import { type KustomerActivities } from './contract';
import { missing, partnerCall } from './partner-call';

/** What workflows ask of Kustomer. */
export function createKustomerActivities(store: Store, kustomer: Kustomer): KustomerActivities {
  const settingsOf = async (
    brand: string,
  ): Promise<{ access: KustomerAccess; mapping: Mapping; mappingVersion: number }> => {
    const settings = (await store.brands.get(brand))?.kustomer;
    if (settings == null || settings.apiKey === null) throw missing('kustomer', 'kustomer.apiKey');
    const { org, apiKey, klass, baseUrl, requestsPerMinute, mapping, mappingVersion } = settings;
    return { access: { org, apiKey, klass, baseUrl, requestsPerMinute }, mapping, mappingVersion };
  };
  return {
    syncKlaim: ({ brand, claim, ...wanted }) =>
      partnerCall(async (signal) => {
        const { access, mapping, mappingVersion } = await settingsOf(brand);
        const klaim = klaimBy(mapping, claim);
        const { klaimId, customerId, matchedBy } = await kustomer.syncKlaim(access, { ...wanted, klaim }, { signal });
        return { klaimId, customerId, matchedBy, mappingVersion };
      }),

    relinkKlaim: ({ brand, claim, ...wanted }) =>
      partnerCall(async (signal) => {
        const { access, mapping, mappingVersion } = await settingsOf(brand);
        const klaim = klaimBy(mapping, claim);
        const relinked = await kustomer.relinkKlaim(access, { ...wanted, klaim }, { signal });
        if ('refused' in relinked) return relinked;
        const { klaimId, customerId, matchedBy, retired } = relinked;
        return { klaimId, customerId, matchedBy, mappingVersion, retired };
      }),
  };
}
