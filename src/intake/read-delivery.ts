import { readCompletion } from '../claims/answer';
import { type Delivery } from '../store/deliveries';
import { type SignalClaim } from './signal-claim';
import { isWebhookSource, readWebhook } from './webhook-sources';

/** What a stored delivery is to Temporal: a call to make (for a claim, or for none), nothing that is used, or nothing that can be, with the reason. */
export type DeliveryReading =
  | { usable: true; claimId: string | null; signal(temporal: SignalClaim): Promise<void> }
  | { usable: false; status: 'ignored' }
  | { usable: false; status: 'quarantined'; reason: string };

const unusable = (reason: string): DeliveryReading => ({ usable: false, status: 'quarantined', reason });

/** Reads a stored body again. */
export function readDelivery({ brand, source, claimId, body, receivedAt }: Delivery): DeliveryReading {
  const value = parsed(body);
  if (value === undefined) return unusable('the stored body is not JSON');
  if (source === 'brand-backend') return readAnswer(brand, claimId, value);
  if (source === 'claimkeeper')
    return { usable: true, claimId: null, signal: (temporal) => temporal.refreshKlaims(brand) };
  if (!isWebhookSource(source)) return unusable(`the source "${source}" is not known`);
  const reading = readWebhook(source, { text: body, value }, receivedAt);
  switch (reading.kind) {
    case 'claimEvent':
      return {
        usable: true,
        claimId: reading.claimId,
        signal: (temporal) => temporal.signalEvent(brand, reading.event),
      };
    case 'protection':
      return { usable: true, claimId: null, signal: (temporal) => temporal.startProtection(brand, reading.protection) };
    case 'ignored':
      return { usable: false, status: 'ignored' };
    case 'unusable':
      return unusable(reading.reason);
  }
}

/** An answer that the ledger accepted, stored with it. */
function readAnswer(brand: string, claimId: string | null, value: unknown): DeliveryReading {
  const completion = readCompletion(value);
  if (completion === null || claimId === null) return unusable('not an answer to a resolution of a claim');
  return { usable: true, claimId, signal: (temporal) => temporal.signalCompletion(brand, claimId, completion) };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
