import { randomUUID } from 'node:crypto';
import { DEMO } from '../../sandbox/onboard';
import { type Stage } from '../site/brand';
import { type Klaims, type Written } from './klaims';

const shows = (status: string) => (attributes: Written['attributes']) => attributes['statusStr'] === status;

/** A shopper files a claim, in the demo brand's store unless told: resolves when its Klaim is there. */
export async function fileClaim(
  { orderProtection }: Stage,
  klaims: Klaims,
  store: string = DEMO.store,
): Promise<{ claimId: string; klaim: Written }> {
  const claimId = `bench-${randomUUID()}`;
  const written = klaims.next(claimId);
  await orderProtection.fileClaim({ claimId, store });
  return { claimId, klaim: await written };
}

/** Staff approve it; the brand's backend acts and answers by itself. Resolves when that was reported and the Klaim shows it. */
export async function settle({ orderProtection }: Stage, klaims: Klaims, claimId: string): Promise<void> {
  const resolved = klaims.next(claimId, shows('Resolved'));
  await orderProtection.approve(claimId);
  await resolved;
  if (orderProtection.reports(claimId).length !== 1) throw new Error(`claim ${claimId} was not reported once`);
}

/** The shopper writes, briefly, so that a Klaim has room for many: resolves when the Klaim shows it. */
export async function postMessage({ orderProtection }: Stage, klaims: Klaims, claimId: string): Promise<Written> {
  const text = `News? ${randomUUID().slice(0, 8)}`;
  const shown = klaims.next(claimId, ({ messageSummaryTxt }) => String(messageSummaryTxt).includes(text));
  await orderProtection.postMessage(claimId, text);
  return shown;
}
