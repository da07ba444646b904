import { type Mapping } from '../claims/mapping/mapping';
import { type KustomerAccess } from '../integrations/kustomer/client';
import { PlanBlocked } from '../integrations/kustomer/provision/apply';
import { PartnerError } from '../integrations/partner-error';
import { type ApiParts } from './parts';
import { Problem } from './problem';
import { type Slug } from './problems';
import { type Fault } from './views/problem';

/** How a brand's Kustomer is reached, and the mapping of its Klaims. @throws Problem when the brand has no key. */
export async function kustomerOf(
  store: ApiParts['store'],
  brand: string,
): Promise<{ access: KustomerAccess; mapping: Mapping }> {
  const config = await store.brands.get(brand);
  if (config === null) throw new Problem('unknown-brand');
  const { kustomer } = config;
  if (kustomer === null || kustomer.apiKey === null) throw new Problem('no-kustomer-key');
  const { org, apiKey, klass, baseUrl, requestsPerMinute, mapping } = kustomer;
  return { access: { org, apiKey, klass, baseUrl, requestsPerMinute }, mapping };
}

const SLUG_OF = {
  credentials: 'kustomer-key-refused',
  unavailable: 'kustomer-unavailable',
  rateLimited: 'kustomer-unavailable',
  rejected: 'kustomer-refused',
  gone: 'kustomer-refused',
} as const satisfies Record<PartnerError['kind'], Slug>;

/** What can go wrong with any call that asks Kustomer. */
export const KUSTOMER_PROBLEMS: readonly Slug[] = ['no-kustomer-key', ...new Set(Object.values(SLUG_OF))];

/** Asks Kustomer on behalf of a caller, who is told what it said. */
export async function askKustomer<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PlanBlocked) throw blocked(error);
    if (error instanceof PartnerError) throw refused(error);
    throw error;
  }
}

function refused(error: PartnerError): Problem {
  const { kind, message, retryAfterMs } = error;
  const headers = retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
  return new Problem(SLUG_OF[kind], message, { headers }, { cause: error });
}

function blocked({ plan }: PlanBlocked): Problem {
  const errors: Fault[] = [
    ...plan.key.missing
      .filter(({ isRequired }) => isRequired)
      .map(({ role, blocks }) => ({ path: 'kustomer.apiKey', message: `lacks ${role}: ${blocks}` })),
    ...plan.conflicts.map(({ attribute, message }) => ({ path: `kustomer.mapping.${attribute}`, message })),
  ];
  return new Problem('kustomer-plan-blocked', errors.map(({ path, message }) => `${path} ${message}`).join('; '), {
    errors,
  });
}
