import { type Logger } from 'pino';
import { type Delivery } from '../store/deliveries';
import { type Store } from '../store/store';
import { TemporalUnavailable } from '../temporal/temporal-unavailable';
import { readDelivery } from './read-delivery';
import { type SignalClaim } from './signal-claim';

/** What came of one delivery: Temporal has it, it was set aside (not used, or in quarantine), or it is due again in some seconds. */
export type Outcome =
  | { became: 'delivered'; claimId: string | null }
  | { became: 'ignored' }
  | { became: 'quarantined'; reason: string }
  | { became: 'postponed'; reason: string; outage: TemporalUnavailable | null; againInSeconds: number };

/** Waits between attempts double from 1 second to this. While Temporal is down they stay short, so that all goes on soon after. */
const LONGEST_WAIT_SECONDS = 30;
const LONGEST_WAIT_IN_OUTAGE_SECONDS = 5;

/** Signals one leased delivery, if it is one to be signalled. Never rejects. */
export async function signalDelivery(delivery: Delivery, temporal: SignalClaim, log: Logger): Promise<Outcome> {
  const { deliveryId, brand, source, topic, attempts } = delivery;
  const reading = readDelivery(delivery);
  if (!reading.usable) {
    if (reading.status === 'ignored') return { became: 'ignored' };
    log.warn({ deliveryId, brand, source, topic, reason: reading.reason }, 'delivery put into quarantine');
    return { became: 'quarantined', reason: reading.reason };
  }
  try {
    await reading.signal(temporal);
    return { became: 'delivered', claimId: reading.claimId };
  } catch (error) {
    const outage = error instanceof TemporalUnavailable ? error : null;
    const longest = outage === null ? LONGEST_WAIT_SECONDS : LONGEST_WAIT_IN_OUTAGE_SECONDS;
    const againInSeconds = Math.min(longest, 2 ** Math.min(attempts - 1, 10));
    if (outage === null)
      log.error(
        { deliveryId, brand, source, topic, attempts, againInSeconds, err: error },
        'delivery refused by Temporal',
      );
    const reason = error instanceof Error ? error.message : String(error);
    return { became: 'postponed', reason, outage, againInSeconds };
  }
}

/** Where outcomes are written down. */
export type Outcomes = Pick<Store['deliveries'], 'delivered' | 'ignore' | 'quarantine' | 'postpone'>;

/** Writes down what came of it. If that cannot be, the lease runs out and it is signalled once more, which is harmless. */
export function writeOutcome(deliveryId: string, outcome: Outcome, deliveries: Outcomes): Promise<void> {
  switch (outcome.became) {
    case 'delivered':
      return deliveries.delivered(deliveryId, outcome.claimId);
    case 'ignored':
      return deliveries.ignore(deliveryId);
    case 'quarantined':
      return deliveries.quarantine(deliveryId, outcome.reason);
    case 'postponed':
      return deliveries.postpone(deliveryId, outcome.reason, outcome.againInSeconds);
  }
}
