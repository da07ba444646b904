import { type Http } from '../../../src/integrations/http';
import { loopbackHttp } from '../../support/loopback-http';
import { createBudget } from '../../../src/integrations/kustomer/budget/budget';
import { createKustomer, type KlaimSync, type Kustomer } from '../../../src/integrations/kustomer/client';
import { type PartnerError } from '../../../src/integrations/partner-error';
import { startStubPartner, type SeenRequest, type StubAnswer, type StubPartner } from '../../support/stub-partner';
import { AS_OF, endless, everybodyAtOnce, failureOf, klaimIn, MIRA } from './desk';

const wanted = { claimId: 'clm_1', klaim: klaimIn('Approved'), customer: MIRA, known: null, asOf: AS_OF };
const access = { org: 'acme', apiKey: 'a-key', klass: 'klaim', requestsPerMinute: 300 };

const kustomerBy = (http: Http): Kustomer =>
  createKustomer({ http, lease: everybodyAtOnce, budget: createBudget(endless) });

let partner: StubPartner | undefined;

afterEach(async () => {
  await partner?.close();
  partner = undefined;
});

async function syncWith(answer: (request: SeenRequest) => StubAnswer): Promise<KlaimSync> {
  partner = await startStubPartner(answer);
  const synced = await kustomerBy(loopbackHttp()).syncKlaim({ ...access, baseUrl: `${partner.url}/` }, wanted);
  if ('supersededBy' in synced) throw new Error(`superseded by a state of ${synced.supersededBy}`);
  return synced;
}

const failureWith = (answer: (request: SeenRequest) => StubAnswer): Promise<PartnerError> =>
  failureOf(syncWith(answer));

/** A Klaim as Kustomer shows it, without the relation to its customer, as several of its samples are. */
const shown = (rev: number, custom: object) => ({
  id: '68f0cccc00000000000000a1',
  type: 'kobject.klaim',
  attributes: {
    ...klaimIn(''),
    custom,
    externalId: 'clm_1',
    createdAt: '2026-03-02T09:14:08.000Z',
    rev,
    futureField: {},
  },
});

/** A Kustomer that has the Klaim, and shows this after a write. */
const keeping =
  (custom: object) =>
  ({ method, path }: SeenRequest): StubAnswer => {
    if (path.startsWith('/v1/customers/email=')) return { body: { data: { id: '68f0a1b2c3d4e5f607182930' } } };
    if (path.startsWith('/v1/customers/')) return { body: { data: [shown(2, custom)], links: { next: null } } };
    return { body: { data: method === 'PUT' ? shown(2, custom) : shown(1, {}) } };
  };

test("without a base URL the org's own host is used, which leads to its region", async () => {
  const urls: string[] = [];
  const http: Http = async (request) => {
    urls.push(request.url);
    return { status: 503, headers: {}, body: '' };
  };
  await failureOf(kustomerBy(http).syncKlaim(access, wanted));
  expect(urls).toEqual(['https://acme.api.kustomerapp.com/v1/klasses/klaim/externalId=clm_1']);
});

test('every call goes to the one base URL with the key of the brand', async () => {
  await syncWith(keeping(wanted.klaim.custom));
  expect(partner?.seen.every(({ path }) => path.startsWith('/v1/'))).toBe(true);
  expect(partner?.seen.every(({ headers }) => headers.authorization === 'Bearer a-key')).toBe(true);
});

test('a Klaim whose reply names no customer is confirmed through the customer of the claim', async () => {
  expect(await syncWith(keeping(wanted.klaim.custom))).toMatchObject({
    customerId: '68f0a1b2c3d4e5f607182930',
    matchedBy: 'email',
  });
});

test('what Kustomer writes in its own way is no difference', async () => {
  const custom = {
    ...wanted.klaim.custom,
    claimCreatedAt: '2026-03-02T08:55:00.000Z',
    claimNumberStr: '1•••2',
    foreignStr: 'x',
  };
  expect((await syncWith(keeping(custom))).klaimId).toBe('68f0cccc00000000000000a1');
});

test('an attribute that Kustomer takes and does not keep is a refusal that names it', async () => {
  const custom = { ...wanted.klaim.custom, statusStr: undefined, claimUrl: 'https://other.example' };
  const failure = await failureWith(keeping(custom));
  expect(failure).toMatchObject({
    kind: 'rejected',
    message:
      'kustomer: Klaim 68f0cccc00000000000000a1 was written and does not show what was sent in statusStr, claimUrl',
  });
});

test.each([
  ['is no JSON', '<html>maintenance</html>', 'the body'],
  ['has another form', { data: { id: 'x', attributes: {} } }, 'data.attributes.createdAt, data.attributes.rev'],
])('an answer that %s is as none', async (_what, body, path) => {
  const failure = await failureWith(() => ({ body }));
  expect(failure.kind).toBe('unavailable');
  expect(failure.message).toContain(`was answered 200 and cannot be read at ${path}`);
});

test('a refusal that names an attribute only in its text is repeated without the text', async () => {
  const message = 'custom.claimNumberStr must not be "10482"';
  const failure = await failureWith(() => ({
    status: 400,
    body: { errors: [{ code: 'bad_request', message, meta: {} }] },
  }));
  // Nothing was sent with a look-up, so nothing is named; with the update it is.
  expect(failure.message).toMatch(/400: it does not say which field it refuses$/);
  await partner?.close();
  const update = await failureWith((request) =>
    request.method === 'PUT'
      ? { status: 400, body: { errors: [{ code: 'bad_request', message }] } }
      : keeping({})(request),
  );
  expect(update.message).toMatch(/400: it refuses claimNumberStr$/);
});

test('an error page of something in between is judged by its status', async () => {
  expect(await failureWith(() => ({ status: 400, body: '<html>' }))).toMatchObject({ kind: 'rejected' });
  await partner?.close();
  expect(await failureWith(() => ({ status: 502, body: '<html>' }))).toMatchObject({ kind: 'unavailable' });
});
