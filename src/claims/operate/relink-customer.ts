import { READY } from '../lane';
import { type ClaimState } from '../state';
import { note, type Refusal, type Ruling } from './ruling';

export interface CustomerRuling extends Ruling {
  customerId: string;
}

/** Kustomer's ids are 24 hexadecimal digits (Kustomer, "JSON API format"). Whether there is such a customer, Kustomer says later. */
export function refusalToRelink(_state: ClaimState, { customerId }: CustomerRuling): Refusal {
  const isId = typeof customerId === 'string' && /^[0-9a-f]{24}$/.test(customerId);
  return isId ? null : 'customerId must be an id of Kustomer: 24 hexadecimal digits';
}

/** The Klaim is on the wrong person: it is to be made anew under this customer, and the old one removed. */
export function relinkCustomer(state: ClaimState, ruling: CustomerRuling, now: string): ClaimState {
  const { customerId } = ruling;
  const lanes = { ...state.lanes, klaim: READY };
  return note({ ...state, lanes, relink: { customerId, at: now } }, `Klaim to customer ${customerId}`, ruling, now);
}
