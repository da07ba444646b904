import { type KustomerSettings } from '../../../../sandbox/kustomer/settings';
import { startKustomerSimulator, type KustomerSimulator } from '../../../../sandbox/kustomer/simulator';
import { type Mapping } from '../../../../src/claims/mapping/mapping';
import { type Http } from '../../../../src/integrations/http';
import { createKustomerSetup, type KustomerSetup } from '../../../../src/integrations/kustomer/setup';
import { EXACT_ROLES } from '../../../../src/integrations/kustomer/provision/roles';
import { createBudget } from '../../../../src/integrations/kustomer/budget/budget';
import { loopbackHttp } from '../../../support/loopback-http';
import { endless } from '../desk';

export const KEY = 'kustomer-key-bare';

/** An org in which nothing is made yet, and its set-up over real HTTP. */
export interface BareOrg {
  kustomer: KustomerSimulator;
  /** By the org's own key unless told. */
  plan(mapping?: Mapping, apiKey?: string): ReturnType<KustomerSetup['plan']>;
  apply(mapping?: Mapping): ReturnType<KustomerSetup['apply']>;
  conflicts(mapping: Mapping): ReturnType<KustomerSetup['conflicts']>;
  /** A call of Kustomer's API by a key that may do everything. */
  call(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  properties(): Promise<Record<string, { displayName?: string; enumeration?: string[] }>>;
  /** `METHOD /path` of all requests that changed something, without the `/v1`. */
  writes(): string[];
}

export interface BareOrgOptions {
  roles?: readonly string[];
  settings?: Partial<KustomerSettings>;
  /** Between the client and the network. */
  through?: (door: Http) => Http;
}

export async function openBareOrg({
  roles = EXACT_ROLES,
  settings = {},
  through = (door) => door,
}: BareOrgOptions = {}): Promise<BareOrg> {
  const kustomer = await startKustomerSimulator({ settings });
  await kustomer.seedOrg({ org: 'bare', apiKey: KEY, roles: [...roles], requestsPerMinute: 100_000 });
  await kustomer.addKey({ org: 'bare', apiKey: 'key-of-the-test', roles: ['org'] });
  const setup = createKustomerSetup({ http: through(loopbackHttp()), budget: createBudget(endless) });
  const access = { org: 'bare', apiKey: KEY, baseUrl: kustomer.url, klass: 'klaim', requestsPerMinute: 6_000 };
  const call: BareOrg['call'] = async (method, path, body) => {
    const answer = await fetch(`${kustomer.url}/v1${path}`, {
      method,
      headers: { authorization: 'Bearer key-of-the-test', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return {
    kustomer,
    plan: (mapping = {}, apiKey = KEY) => setup.plan({ ...access, apiKey }, mapping),
    apply: (mapping = {}) => setup.apply(access, mapping),
    conflicts: (mapping) => setup.conflicts(access, mapping),
    call,
    async properties() {
      const { body } = await call('GET', '/metadata/kobject.klaim');
      return (body as { data: { attributes: { properties: Record<string, object> } } }).data.attributes.properties;
    },
    writes: () =>
      kustomer
        .requests()
        .filter(({ method }) => method !== 'GET')
        .map(({ method, url }) => `${method} ${url.replace('/v1', '')}`),
  };
}

/** For one test. */
export async function withBareOrg(options: BareOrgOptions, work: (org: BareOrg) => Promise<void>): Promise<void> {
  const org = await openBareOrg(options);
  try {
    await work(org);
  } finally {
    await org.kustomer.stop();
  }
}
