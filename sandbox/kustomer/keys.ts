import type { CustomerBody } from './customer-body';
import type { Customer, KObject } from './state';

/** Any case. */
export const emailKey = (email: string): string => `email ${email.trim().toLowerCase()}`;
/** Digits only: phones are stored as sent. */
export const phoneKey = (phone: string): string => `phone ${phone.replace(/\D/g, '')}`;
export const externalIdKey = (externalId: string): string => `externalId ${externalId}`;

export const externalIdsOf = ({ externalId, externalIds = [] }: CustomerBody): string[] =>
  [externalId ?? [], externalIds.map((entry) => entry.externalId)].flat();

/** What a customer is found by: primary contacts only, not the shared ones. */
export const customerKeys = ({ fields }: Customer): string[] => [
  ...(fields.emails ?? []).map(({ email }) => emailKey(email)),
  ...(fields.phones ?? []).map(({ phone }) => phoneKey(phone)),
  ...externalIdsOf(fields).map(externalIdKey),
];

export const klassKey = (klass: string): string => `klass ${klass}`;
export const ownerKey = (customerId: string): string => `customer ${customerId}`;
export const klaimKey = (klass: string, externalId: string): string => `${klass} ${externalId}`;

export const kobjectKeys = ({ klass, customerId, current: { fields } }: KObject): string[] => [
  klassKey(klass),
  ...(customerId === undefined ? [] : [ownerKey(customerId)]),
  ...(fields.externalId === undefined ? [] : [klaimKey(klass, fields.externalId)]),
];
