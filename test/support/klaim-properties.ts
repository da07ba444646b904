import { attributesBy } from '../../src/claims/mapping/mapping';

/** The attributes of a Klass that was made by the default mapping: what tests seed an org with that was brought on before. */
export const KLAIM_PROPERTIES = Object.fromEntries(
  attributesBy({}).map(({ name, label }) => [name, { displayName: label }]),
);
