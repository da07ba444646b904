import { type BrandBackend, type BrandBackendAccess } from '../integrations/brand-backend/client';
import {
  escalate,
  remindOf,
  requestResolution,
  tellProtection,
  withdraw,
  type Command,
} from '../integrations/brand-backend/compose';
import { lossOf } from '../claims/loss';
import { type LedgerEntry } from '../store/ledger';
import { type Store } from '../store/store';
import { type BrandBackendActivities, type ClaimRef } from './contract';
import { missing, partnerCall } from './partner-call';

/** What workflows ask of a brand's own backend. `publicUrl` is where brands reach the callback API. */
export function createBrandBackendActivities(
  store: Store,
  brandBackend: BrandBackend,
  publicUrl: string,
): BrandBackendActivities {
  const accessOf = async (brand: string): Promise<BrandBackendAccess> => {
    const backend = (await store.brands.get(brand))?.backend;
    if (backend == null) throw missing('brand-backend', 'backend');
    return backend;
  };
  const send = async (brand: string, command: Command, signal: AbortSignal): Promise<void> =>
    brandBackend.send(await accessOf(brand), command, signal);
  const entriesOf = async ({ brand, claimId }: ClaimRef, ids: readonly string[]): Promise<LedgerEntry[]> =>
    (await store.ledger.forClaim(brand, claimId)).filter(({ resolutionId }) => ids.includes(resolutionId));

  return {
    sendCommand: ({ brand, claimId, source, order, resolution }) =>
      partnerCall(async (signal) => {
        const { id: resolutionId, kind, amount, commandedAt } = resolution;
        const { body: command } = requestResolution(resolution, { brand, claimId, order, publicUrl });
        const reservation = await store.ledger.reserve(
          { brand, claimId, source, resolutionId, kind, amount, command, commandedAt },
          lossOf(order, resolution.items),
          resolution.despite,
        );
        if ('rivals' in reservation) return reservation.rivals;
        const { entry } = reservation;
        if (entry.sentAt !== null || entry.state !== 'commanded') return [];
        await send(brand, { webhookId: resolutionId, body: entry.command }, signal);
        await store.ledger.sent({ brand, resolutionId }, new Date().toISOString());
        return [];
      }),

    withdrawCommand: ({ resolutionId, at, ...claim }) =>
      partnerCall(async (signal) => {
        const [reserved] = await entriesOf(claim, [resolutionId]);
        // Without a row nothing was ever sent.
        if (reserved === undefined) return null;
        const entry = await store.ledger.withdraw({ brand: claim.brand, resolutionId }, at);
        if (entry.state !== 'withdrawn') return entry.answer;
        await send(claim.brand, withdraw(entry.command, entry.withdrawnAt ?? at), signal);
        return null;
      }),

    sendReminder: ({ resolutionId, at, ...claim }) =>
      partnerCall(async (signal) => {
        const [entry] = await entriesOf(claim, [resolutionId]);
        if (entry?.state === 'commanded') await send(claim.brand, remindOf(entry.command, at), signal);
      }),

    sendEscalation: ({ resolutionIds, number, at, ...claim }) =>
      partnerCall(async (signal) => {
        const entries = await entriesOf(claim, resolutionIds);
        // All of them, answered meanwhile or not: a repeat of this command has to be the same to the byte.
        if (!entries.some(({ state }) => state === 'commanded')) return;
        const requests = entries.map(({ command }) => command);
        await send(claim.brand, escalate(claim, requests, { number, at }), signal);
      }),

    sendProtection: ({ brand, protection }) =>
      partnerCall((signal) => send(brand, tellProtection(brand, protection), signal)),
  };
}
