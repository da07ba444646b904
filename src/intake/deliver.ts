import { type Logger } from 'pino';
import { type Delivery } from '../store/deliveries';
import { type Store } from '../store/store';
import { TemporalUnavailable } from '../temporal/temporal-unavailable';
import { readDelivery } from './read-delivery';
import { type SignalClaim } from './signal-claim';

/** What came of one delivery: Temporal has it, it was set aside (not used, or in quarantine), or it is due again in some seconds. */
export type Outcome =
  | { became: 'delivered' }
  | { became: 'ignored' | 'quarantined' }
  | { became: 'postponed'; outage: TemporalUnavailable | null; againInSeconds: number };

export interface DeliverParts {
  store: { deliveries: Pick<Store['deliveries'], 'delivered' | 'ignore' | 'quarantine' | 'postpone'> };
  temporal: SignalClaim;
  log: Logger;
}

/** Waits between attempts double from 1 second to this. While Temporal is down they stay short, so that all goes on soon after. */
const LONGEST_WAIT_SECONDS = 30;
const LONGEST_WAIT_IN_OUTAGE_SECONDS = 5;

/**
 * Signals one leased delivery and writes down what came of it. Throws only when that could not be written: then the lease runs
 * out and it is signalled once more, which is harmless.
 */
export async function deliver(
  delivery: Delivery,
  { store: { deliveries }, temporal, log }: DeliverParts,
): Promise<Outcome> {
  const { deliveryId, brand, source, topic, attempts } = delivery;
  const reading = readDelivery(delivery);
  if (!reading.usable) {
    if (reading.status === 'ignored') {
      await deliveries.ignore(deliveryId);
      return { became: 'ignored' };
    }
    log.warn({ deliveryId, brand, source, topic, reason: reading.reason }, 'delivery put into quarantine');
    await deliveries.quarantine(deliveryId, reading.reason);
    return { became: 'quarantined' };
  }
  try {
    await reading.signal(temporal);
  } catch (error) {
    const outage = error instanceof TemporalUnavailable ? error : null;
    const longest = outage === null ? LONGEST_WAIT_SECONDS : LONGEST_WAIT_IN_OUTAGE_SECONDS;
    const againInSeconds = Math.min(longest, 2 ** Math.min(attempts - 1, 10));
    if (outage === null)
      log.error(
        { deliveryId, brand, source, topic, attempts, againInSeconds, err: error },
        'delivery refused by Temporal',
      );
    await deliveries.postpone(deliveryId, error instanceof Error ? error.message : String(error), againInSeconds);
    return { became: 'postponed', outage, againInSeconds };
  }
  await deliveries.delivered(deliveryId, reading.claimId);
  return { became: 'delivered' };
}
