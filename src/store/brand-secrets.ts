import { type BrandInput } from './brand-config';
import { type SecretView } from './secret-input';

/** Where a brand's configuration holds secrets. */
const SLOTS = [
  { section: 'orderProtection', field: 'apiToken', many: false },
  { section: 'orderProtection', field: 'webhookSecrets', many: true },
  { section: 'karla', field: 'webhookSecrets', many: true },
  { section: 'kustomer', field: 'apiKey', many: false },
  { section: 'backend', field: 'signingSecrets', many: true },
] as const;

interface KeptSecret {
  value: string;
  since: string;
}

/** The secrets of one brand by slot (`kustomer.apiKey`); this is what is sealed. */
export type KeptSecrets = Record<string, KeptSecret[]>;

type Section = Record<string, unknown> | null | undefined;
type GivenSecret = string | string[] | null | undefined;
type Slot = (typeof SLOTS)[number];

const nameOf = ({ section, field }: Slot): string => `${section}.${field}`;

const givenFor = (slot: Slot, input: BrandInput): GivenSecret => {
  const section: Section = input[slot.section];
  return section === null ? null : (section?.[slot.field] as GivenSecret);
};

/** The names of the secrets that `input` replaces or removes. */
export function givenSecrets(input: BrandInput): string[] {
  return SLOTS.filter((slot) => givenFor(slot, input) !== undefined).map(nameOf);
}

/**
 * The names of the secrets that `input` leaves out although they would from now on be sent to another address: whoever may put a brand
 * could otherwise have a key that nobody may read sent to a server of their own.
 */
export function secretsToGiveAgain(before: Record<string, unknown>, kept: KeptSecrets, input: BrandInput): string[] {
  const moves = (slot: Slot): boolean => addressIn(before[slot.section] as Section) !== addressIn(input[slot.section]);
  return SLOTS.filter(
    (slot) =>
      SENT.has(nameOf(slot)) && kept[nameOf(slot)]?.length && givenFor(slot, input) === undefined && moves(slot),
  ).map(nameOf);
}

/** The secrets that go out with a call; signatures are made and checked here. */
const SENT: ReadonlySet<string> = new Set(['orderProtection.apiToken', 'kustomer.apiKey']);

const addressIn = (section: Section): unknown => section?.['baseUrl'];

/** What is kept once `input` is put: what is left out stays, `null` removes, and a secret that is given again keeps its date. */
export function keepSecrets(kept: KeptSecrets, input: BrandInput, now: string): KeptSecrets {
  return Object.fromEntries(
    SLOTS.map((slot) => {
      const before = kept[nameOf(slot)] ?? [];
      const given = givenFor(slot, input);
      if (given === undefined) return [nameOf(slot), before];
      const values = given === null ? [] : [given].flat();
      return [nameOf(slot), values.map((value) => before.find((old) => old.value === value) ?? { value, since: now })];
    }),
  );
}

/** The configuration without its secrets, as it is stored. */
export function settingsOf(input: BrandInput): Record<string, unknown> {
  const noSections = Object.fromEntries(SLOTS.map(({ section }) => [section, null]));
  const settings: Record<string, unknown> = { ...input, ...noSections };
  for (const { section } of SLOTS) {
    const secret = new Set<string>(SLOTS.filter((slot) => slot.section === section).map(({ field }) => field));
    const given = input[section];
    if (given) settings[section] = Object.fromEntries(Object.entries(given).filter(([field]) => !secret.has(field)));
  }
  return settings;
}

/** The stored configuration with each secret put into its place as `show` gives it. */
export function withSecrets<T>(
  settings: Record<string, unknown>,
  kept: KeptSecrets,
  show: (secret: KeptSecret) => T,
): Record<string, unknown> {
  const whole = { ...settings };
  for (const slot of SLOTS) {
    const section = whole[slot.section] as Section;
    const secrets = (kept[nameOf(slot)] ?? []).map(show);
    if (section) whole[slot.section] = { ...section, [slot.field]: slot.many ? secrets : (secrets[0] ?? null) };
  }
  return whole;
}

export const clearSecret = ({ value }: KeptSecret): string => value;

/** The last four characters only where at least eight others stay hidden. */
export const shownSecret = ({ value, since }: KeptSecret): SecretView => ({
  set: true,
  lastFour: value.length >= 12 ? value.slice(-4) : null,
  since,
});
