import { klaimBy } from '../claims/mapping/klaim-by';
import { type Kustomer } from '../integrations/kustomer/client';
import { type Store } from '../store/store';
import { type KustomerActivities } from './contract';
import { missing, partnerCall } from './partner-call';

/** What workflows ask of Kustomer. */
export function createKustomerActivities(store: Store, kustomer: Kustomer): KustomerActivities {
  return {
    syncKlaim: ({ brand, claim, ...wanted }) =>
      partnerCall(async (signal) => {
        const settings = (await store.brands.get(brand))?.kustomer;
        if (settings == null || settings.apiKey === null) throw missing('kustomer', 'kustomer.apiKey');
        const { org, apiKey, klass, baseUrl, requestsPerMinute, mapping, mappingVersion } = settings;
        const access = { org, apiKey, klass, baseUrl, requestsPerMinute };
        const klaim = klaimBy(mapping, claim);
        const { klaimId, customerId } = await kustomer.syncKlaim(access, { ...wanted, klaim }, { signal });
        return { klaimId, customerId, mappingVersion };
      }),
  };
}
