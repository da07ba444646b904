import { signed } from '../integrations/karla/sample';
import { ADMIN, SECRET, startApi, type Answer, type Ask, type RunningApi } from './running-api';

const LIMITS = { wrongProofs: 3, callsOfToken: 5 };
const WRONG = 'ck_wrong';

let api: RunningApi;
let tokens: Awaited<ReturnType<RunningApi['newBrand']>>;
beforeAll(async () => {
  // The test is the proxy, and says from where a request comes.
  api = await startApi(undefined, { limits: LIMITS, trustedProxies: ['127.0.0.1'] });
  await api.newBrand('bolt');
});
afterAll(() => api.stop());

/** Each test has addresses and tokens of its own. */
let network = 0;
beforeEach(async () => {
  network++;
  tokens = await api.newBrand('acme');
});
afterEach(() => void jest.restoreAllMocks());

const host = (n: number): string => `10.0.${network}.${n}`;

const from = (address: string): Ask => ({ headers: { 'x-forwarded-for': address } });
const claims = (token: string, address = host(1)): Promise<Answer> =>
  api.ask('GET', '/v1/brands/acme/claims', { token, ...from(address) });
const statusesOf = async (calls: number, call: () => Promise<Answer>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let n = 0; n < calls; n++) statuses.push((await call()).status);
  return statuses;
};

function expectTooMany({ status, headers, json }: Answer, slug: string): void {
  expect([status, json['type'], headers.get('content-type')]).toEqual([
    429,
    `/problems/${slug}`,
    'application/problem+json',
  ]);
  const seconds = Number(headers.get('retry-after'));
  expect(seconds > 0 && seconds <= 60).toBe(true);
  expect(headers.get('ratelimit')).toMatch(/r=0/);
  expect(headers.get('ratelimit-policy')).toMatch(/q=\d+; w=60/);
}

const later = (seconds: number): void => {
  const now = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => now() + seconds * 1_000);
};

describe('wrong tokens from one address', () => {
  test('are 401, and after a few 429; then nothing from there is looked at until the minute is over', async () => {
    expect(await statusesOf(3, () => claims(WRONG))).toEqual([401, 401, 401]);
    expectTooMany(await claims(WRONG), 'too-many-attempts');
    expectTooMany(await claims(tokens.read), 'too-many-attempts');
    later(61);
    expect((await claims(tokens.read)).status).toBe(200);
  });

  test('do not keep out other addresses', async () => {
    await statusesOf(5, () => claims(WRONG));
    expect((await claims(tokens.read, host(2))).status).toBe(200);
    expect((await claims(WRONG, host(3))).status).toBe(401);
  });

  test('do not keep out who was let in from that address before, whose own mistakes are 429', async () => {
    await claims(tokens.read);
    expect(await statusesOf(5, () => claims(WRONG))).toEqual([401, 401, 401, 429, 429]);
    expect((await claims(tokens.read)).status).toBe(200);
  });

  test('are counted together for all of a /64, however many addresses of it are used', async () => {
    let n = 0;
    expect(await statusesOf(5, () => claims(WRONG, `2001:db8:0:7::${++n}`))).toEqual([401, 401, 401, 429, 429]);
    expect((await claims(WRONG, '2001:db8:0:8::1')).status).toBe(401);
  });

  test('are counted for the connection where no proxy is trusted, whatever a header says', async () => {
    const direct = await startApi(undefined, { limits: LIMITS });
    let n = 0;
    const call = () => direct.ask('GET', '/v1/brands', { token: WRONG, ...from(host(++n)) });
    expect(await statusesOf(4, call)).toEqual([401, 401, 401, 429]);
    await direct.stop();
  });
});

describe('calls with one token', () => {
  test('are 429 when they are too many, whatever is called and from wherever; other tokens have their own', async () => {
    let n = 0;
    expect(await statusesOf(5, () => claims(tokens.read, host(++n)))).toEqual([200, 200, 200, 200, 200]);
    expectTooMany(await claims(tokens.read, host(99)), 'too-many-calls');
    expect((await api.ask('GET', '/v1/brands/acme/deliveries', { token: tokens.operate })).status).toBe(200);
    later(61);
    expect((await claims(tokens.read)).status).toBe(200);
  });

  test('have no limit with the token of the environment', async () => {
    expect(new Set(await statusesOf(20, () => claims(ADMIN)))).toEqual(new Set([200]));
  });

  test("have no limit where a brand's backend answers", async () => {
    const answer = () =>
      api.ask('PUT', '/v1/brands/acme/claims/c1/resolutions/res_1', {
        token: tokens.resolve,
        json: { outcome: 'declined', reason: 'out of stock' },
      });
    expect(new Set(await statusesOf(20, answer))).toEqual(new Set([404]));
  });
});

describe.each(['order-protection', 'karla'])('%s: webhooks', (source) => {
  let count = 0;
  const send = (secret: string, { brand = 'acme', address = host(1) } = {}): Promise<Answer> => {
    const body = JSON.stringify({ id: `event-${++count}`, topic: 'claim.created', body: { claim_id: 'c1' } });
    const proofs = { 'x-webhook-secret': secret, 'karla-signature': signed(body, secret) };
    return api.ask('POST', `/webhooks/${source}/${brand}`, { body, headers: { ...proofs, ...from(address).headers } });
  };

  test('with the right secret are taken in any burst', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => send(SECRET)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  test('with a wrong secret are 401, and after a few 429, for this brand and address alone', async () => {
    expect(await statusesOf(3, () => send('wrong'))).toEqual([401, 401, 401]);
    expectTooMany(await send('wrong'), 'too-many-attempts');
    expectTooMany(await send(SECRET), 'too-many-attempts');
    expect((await send(SECRET, { brand: 'bolt' })).status).toBe(200);
    expect((await send(SECRET, { address: host(2) })).status).toBe(200);
    later(61);
    expect((await send(SECRET)).status).toBe(200);
  });

  test('with a wrong secret are counted together however the brand is spelled in the path', async () => {
    expect(await statusesOf(3, () => send('wrong', { brand: '%61cme' }))).toEqual([401, 401, 401]);
    expectTooMany(await send('wrong', { brand: 'a%63me' }), 'too-many-attempts');
  });

  test('of a sender that was right before are taken, whoever does wrong from the same address', async () => {
    await send(SECRET);
    await statusesOf(10, () => send('wrong'));
    expect((await send(SECRET)).status).toBe(200);
  });
});
