import { type OrderProtection, type OrderProtectionAccess } from '../integrations/order-protection/client';
import { tellKeys, withKey } from '../keys/with-key';
import { type Store } from '../store/store';
import { type ClaimRef, type OrderProtectionActivities } from './contract';
import { activityLog, keepingWait, missing, partnerCall } from './partner-call';

/** What workflows ask of Order Protection. */
export function createOrderProtectionActivities(
  store: Store,
  orderProtection: OrderProtection,
): OrderProtectionActivities {
  const accessOf = async (brand: string): Promise<OrderProtectionAccess> => {
    const settings = (await store.brands.get(brand))?.orderProtection;
    if (settings == null || settings.apiToken === null) throw missing('order-protection', 'orderProtection.apiToken');
    const { apiToken, baseUrl, report } = settings;
    return { apiToken, report, ...(baseUrl === undefined ? {} : { baseUrl }) };
  };
  const told = tellKeys(activityLog);
  const call = <T>(
    { brand, claimId }: ClaimRef,
    work: (access: OrderProtectionAccess, signal: AbortSignal) => Promise<T>,
  ): Promise<T> =>
    partnerCall((signal) =>
      keepingWait(store, { brand, claimId, partner: 'order-protection' }, async () => {
        const access = await accessOf(brand);
        const key = { brand, partner: 'order-protection', key: access.apiToken };
        return withKey(store.refusedKeys, key, told, () => work(access, signal));
      }),
    );
  return {
    readClaim: ({ brand, claimId, sourceOrderId }) =>
      call({ brand, claimId }, (access, signal) =>
        orderProtection.readClaim(access, { claimId, sourceOrderId }, signal),
      ),
    reportAnswer: ({ brand, ...answered }) =>
      call({ brand, claimId: answered.claimId }, async (access, signal) => {
        const outcome = await orderProtection.report(access, answered, signal);
        if (!outcome.done) return { byHand: outcome.reason };
        await store.ledger.reported({ brand, resolutionId: answered.resolutionId }, new Date().toISOString());
        return { byHand: null };
      }),
  };
}
