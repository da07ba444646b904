import { type OrderProtection } from '../integrations/order-protection/client';
import { type Store } from '../store/store';
import { type OrderProtectionActivities } from './contract';
import { missing, partnerCall } from './partner-call';

/** What workflows ask of Order Protection. */
export function createOrderProtectionActivities(
  store: Store,
  orderProtection: OrderProtection,
): OrderProtectionActivities {
  const accessOf = async (brand: string) => {
    const settings = (await store.brands.get(brand))?.orderProtection;
    if (settings == null || settings.apiToken === null) throw missing('order-protection', 'orderProtection.apiToken');
    const { apiToken, baseUrl, report } = settings;
    return { apiToken, report, ...(baseUrl === undefined ? {} : { baseUrl }) };
  };
  return {
    readClaim: ({ brand, claimId, sourceOrderId }) =>
      partnerCall(async (signal) =>
        orderProtection.readClaim(await accessOf(brand), { claimId, sourceOrderId }, signal),
      ),
    reportAnswer: ({ brand, ...answered }) =>
      partnerCall(async (signal) => {
        const outcome = await orderProtection.report(await accessOf(brand), answered, signal);
        if (!outcome.done) return { byHand: outcome.reason };
        await store.ledger.reported({ brand, resolutionId: answered.resolutionId }, new Date().toISOString());
        return { byHand: null };
      }),
  };
}
