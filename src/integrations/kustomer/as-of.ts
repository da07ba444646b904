import { type Klaim } from '../../claims/klaim';
import { type StoredKlaim } from './schema';

/** In `data`, which needs no attribute of the Klass and which searches do not show (Kustomer, "Create KObject"). */
const FIELD = 'claimkeeperAsOf';

/** A Klaim that says as of when its state is. */
export type DatedKlaim = Klaim & { data: Record<string, unknown> };

/** `data` may be merged or replaced by a write: what others keep in there is sent again. */
export function dated(klaim: Klaim, asOf: string, others: Record<string, unknown> = {}): DatedKlaim {
  return { ...klaim, data: { ...others, [FIELD]: asOf } };
}

/** The time that a Klaim in Kustomer says it is of, when that is after `asOf`: it has a newer state. Else null. */
export function newerThan(asOf: string, { data }: StoredKlaim): string | null {
  const stored = data[FIELD];
  return typeof stored === 'string' && Date.parse(stored) > Date.parse(asOf) ? new Date(stored).toISOString() : null;
}
