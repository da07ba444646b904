import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { PROBLEMS } from '../../src/api/problems';
import { ROUTES } from '../../src/api/routes';
import { CODEC_PATH } from '../../src/api/routes/convert-payloads';
import { signed } from '../integrations/karla/sample';
import { ADMIN, SECRET, startApi, type Answer, type Ask, type RunningApi } from './running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await api.newBrand('acme');
});
afterAll(() => api.stop());

/** Every answer that is no success is a problem document whose page exists. */
function expectProblem({ status, headers, json }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(json).toMatchObject({ status, title: expect.any(String), requestId: headers.get('x-request-id') });
  const slug = String(json['type']).replace('/problems/', '');
  expect(PROBLEMS).toHaveProperty([slug, 'status'], status);
}

const rows = ROUTES.map((route) => [route.method.toUpperCase(), route.path, route] as const);
const at = (path: string, id = 'x1') => path.replace('{brand}', 'acme').replaceAll(/\{\w+\}/g, id);
/** With all that is asked for at any door. */
const ask = (method: string, path: string, rest: Ask = {}): Promise<Answer> => {
  const proofs = { 'x-webhook-secret': SECRET, 'karla-signature': signed(rest.body ?? '', SECRET) };
  return api.ask(method, path, { token: ADMIN, ...rest, headers: { ...proofs, ...rest.headers } });
};

describe.each(rows)('%s %s answers with a problem document', (method, path, route) => {
  const takesBody = route.body !== undefined || path.startsWith('/webhooks');

  test('to another method, naming the right ones', async () => {
    for (const wrong of ['PATCH', 'OPTIONS', ...(method === 'DELETE' ? [] : ['DELETE'])]) {
      if (ROUTES.some((other) => other.path === path && other.method.toUpperCase() === wrong)) continue;
      const answer = await ask(wrong, at(path));
      expectProblem(answer);
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toContain(method);
    }
  });

  if (path.includes('{'))
    test('to ids that cannot be', async () => {
      for (const id of ['%00', '%E0%A4%A', 'x'.repeat(600), '..%2F..%2Fetc'])
        expectProblem(await ask(method, at(path, id).replace('acme', id), takesBody ? { json: {} } : {}));
    });

  if (takesBody)
    test('to bodies that cannot be read or mean nothing', async () => {
      const bodies: [number[], Ask][] = [
        [[415], { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
        [[415], {}],
        [[413], { body: JSON.stringify('x'.repeat(1024 * 1024)) }],
        [[400], { body: '{"reason": ' }],
        [[400], { body: Buffer.from([0x22, 0xff, 0x22]) }],
        [[400], { body: 'not packed', headers: { 'content-encoding': 'gzip' } }],
        [[415], { body: '{}', headers: { 'content-encoding': 'rot13' } }],
      ];
      for (const [statuses, body] of bodies) {
        const answer = await ask(method, at(path), body);
        expectProblem(answer);
        expect(statuses).toContain(answer.status);
      }
    });

  if (route.body !== undefined)
    test('to JSON nested without end', async () => {
      const answer = await ask(method, at(path), { body: `${'[{"a":'.repeat(60_000)}1${'}]'.repeat(60_000)}` });
      expectProblem(answer);
      expect(answer.json['errors']).toEqual([{ path: '', message: 'is nested deeper than 100 levels' }]);
    });

  if (route.body !== undefined)
    test('to JSON of another shape, naming the faults', async () => {
      const objects: unknown[] = [{}, { __proto__: null, constructor: 1 }, { unknown: true }];
      // Temporal's tools leave out what is empty and may send more than is read.
      for (const json of [null, [], 'text', 7, ...(path.startsWith(CODEC_PATH) ? [] : objects)]) {
        const answer = await ask(method, at(path), { json });
        expectProblem(answer);
        expect(answer.status).toBe(422);
        expect(answer.json['errors']).toEqual(
          expect.arrayContaining([{ path: expect.any(String), message: expect.stringMatching(/\w/) }]),
        );
      }
    });

  if (route.query !== undefined)
    test('to queries that mean nothing, naming the faults', async () => {
      for (const query of [
        'unknown=1',
        'cursor=',
        'cursor=a&cursor=b',
        'phase=asleep&status=asleep',
        'order=%00&cursor=',
      ]) {
        const answer = await ask(method, `${at(path)}?${query}`);
        expectProblem(answer);
        expect(answer.status).toBe(422);
      }
    });
});

test('a path that is not served is 404', async () => {
  for (const path of [
    '/',
    '/v1',
    '/v1/brands/acme/claims/c1/unknown-action',
    '/V1/BRANDS',
    '/favicon.ico',
    '/webhooks/another/acme',
  ]) {
    const answer = await ask('POST', path);
    expectProblem(answer);
    expect([path, answer.json['type']]).toEqual([path, '/problems/unknown-route']);
  }
});

test('a cursor of no list is 422', async () => {
  const answer = await ask('GET', '/v1/brands/acme/deliveries?cursor=nonsense');
  expectProblem(answer);
  expect(answer.json['errors']).toEqual([{ path: 'query.cursor', message: expect.stringContaining('nextCursor') }]);
});

test('a fault of our own is 500, says nothing to the caller, and is in the log under the id that the caller got', async () => {
  jest.spyOn(api.claims, 'read').mockRejectedValueOnce(new Error('the inner reason'));
  const answer = await ask('GET', '/v1/brands/acme/claims/c1');
  expectProblem(answer);
  expect(answer.status).toBe(500);
  expect(answer.text).not.toContain('inner reason');
  const line = api.log.find((one) => one.includes(String(answer.json['requestId'])));
  expect(line).toContain('the inner reason');
});

test('what is no HTTP is answered with a problem document too', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.end('what is this?\r\n\r\n');
  const reply = await text(socket);
  expect(reply).toMatch(/^HTTP\/1\.1 400 /);
  expect(reply).toContain('application/problem+json');
  expect(JSON.parse(reply.split('\r\n\r\n')[1] ?? '')).toMatchObject({ type: '/problems/bad-request' });
});

test('every problem has a page that says cause and fix', async () => {
  for (const [slug, { cause, fix }] of Object.entries(PROBLEMS)) {
    const { status, headers, text: page } = await api.ask('GET', `/problems/${slug}`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page).toContain(cause);
    expect(page).toContain(fix);
  }
  for (const slug of ['constructor', '__proto__', 'nothing']) expectProblem(await api.ask('GET', `/problems/${slug}`));
});
