import Big from 'big.js';
import { object, type Read, type Reader } from './reading';

/** A decimal number as text, or a JSON number, given back as a plain decimal text ("28.62"); never a float inside. */
const decimal: Reader<string> = (value, path, unreadable) => {
  if (value === undefined || value === null) return undefined;
  const string = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof string === 'string' && /^-?\d{1,15}(\.\d{1,10})?(e-?\d{1,2})?$/i.test(string))
    return new Big(string).toFixed();
  unreadable.push(path);
  return undefined;
};

const currency: Reader<string> = (value, path, unreadable) => {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && /^[A-Za-z]{3}$/.test(value)) return value.toUpperCase();
  unreadable.push(path);
  return undefined;
};

/** Digits after the point by ISO 4217 where they are not two. */
const DIGITS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

const readPlain = object({ amount: decimal, currency }, {});
/** Money in major units: `{ "amount": "28.60", "currency": "USD" }`, the currency by ISO 4217. */
export type Money = Read<typeof readPlain>;

/** Money, written with at least the digits that its currency has: 43.2 dollars are "43.20". */
export const readMoney: Reader<Money> = (value, path, unreadable) => {
  const money = readPlain(value, path, unreadable);
  if (money === undefined) return undefined;
  const amount = new Big(money.amount);
  const digits = DIGITS[money.currency] ?? 2;
  return { ...money, amount: amount.eq(amount.round(digits)) ? amount.toFixed(digits) : amount.toFixed() };
};

/** Money from a partner's number (or decimal text) and currency; `undefined` when either is missing or odd. */
export function moneyOf(amount: unknown, inCurrency: unknown): Money | undefined {
  return readMoney({ amount, currency: inCurrency }, 'money', []);
}

/** Compares by value: "28.6" equals "28.60". */
export function sameMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && new Big(a.amount).eq(b.amount);
}

/** Whether `a` is more than `b`; both in one currency. */
export function isMore(a: Money, b: Money): boolean {
  return new Big(a.amount).gt(b.amount);
}

/** The sum as a number rounded half up to the currency's digits, for systems that take numbers only; `undefined` for mixed currencies or none. */
export function totalOf(amounts: readonly Money[]): { total: number; currency: string } | undefined {
  const [first] = amounts;
  if (first === undefined || amounts.some((money) => money.currency !== first.currency)) return undefined;
  const sum = amounts.reduce((total, money) => total.plus(money.amount), new Big(0));
  return { total: Number(sum.round(DIGITS[first.currency] ?? 2, Big.roundHalfUp)), currency: first.currency };
}
