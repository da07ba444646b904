import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describeApi } from '../../src/api/openapi/document';
import { ROUTES } from '../../src/api/routes';
import { brandCommand } from '../../src/integrations/brand-backend/commands';
import { aClaimView } from '../api/fake-claims';
import { startApi } from '../api/running-api';
import { contractOf, type SentAnswer } from '../support/contract/check';
import { watchAnswers } from '../support/contract/watch';

// That every answer of every test keeps to the document is held by test/support/contract/hold.ts.

const document = describeApi(ROUTES);

test('the document that answers are held against is the one that is served', async () => {
  const api = await startApi();
  const { status, headers, json } = await api.ask('GET', '/openapi.json');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(json).toEqual(JSON.parse(JSON.stringify(document)));
  await api.stop();
});

test('it is valid OpenAPI 3.1', async () => {
  const program = `
    import { validate } from '@scalar/openapi-parser';
    import { text } from 'node:stream/consumers';
    const { valid, version, errors } = await validate(await text(process.stdin));
    console.log(JSON.stringify({ valid, version, errors }));`;
  const validator = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  validator.stdin.end(JSON.stringify(document));
  expect(JSON.parse(await text(validator.stdout))).toEqual({ valid: true, version: '3.1', errors: [] });
});

test('every row of the table is in it under its own name, and nothing else is', () => {
  const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([method, operation]) => ({ method, path, operation })),
  );
  expect(operations).toHaveLength(ROUTES.length);
  expect(operations).toEqual(
    expect.arrayContaining(
      ROUTES.map(({ method, path, name }) => ({
        method,
        path,
        operation: expect.objectContaining({ operationId: name }),
      })),
    ),
  );
  expect(new Set(ROUTES.map(({ name }) => name)).size).toBe(ROUTES.length);
});

test('the webhooks section has every command that a brand is sent', () => {
  expect(Object.keys(document.webhooks)).toEqual(brandCommand.options.map(({ shape }) => shape.type.value));
});

test('a secret is write-only: no answer has a member for one', () => {
  expect(JSON.stringify(document.components.schemas['Brand'])).not.toContain('writeOnly');
  expect(JSON.stringify(document.components.schemas['BrandInput'])).toContain('writeOnly');
});

describe('an answer that the document does not describe is caught', () => {
  const check = contractOf(document);
  const claim = aClaimView('acme', 'c1');
  const read: SentAnswer = {
    method: 'GET',
    path: '/v1/brands/acme/claims/c1',
    status: 200,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(claim),
  };
  const problem = { type: '/problems/unknown-claim', title: 'No such claim', status: 404, requestId: 'r' };
  const refused: SentAnswer = {
    ...read,
    status: 404,
    contentType: 'application/problem+json',
    body: JSON.stringify(problem),
  };

  test('one that it describes is not', () => {
    expect([...check(read), ...check(refused)]).toEqual([]);
  });

  const cases: [string, SentAnswer, RegExp][] = [
    ['a member too many', { ...read, body: JSON.stringify({ ...claim, secret: 1 }) }, /additional.*"secret"/],
    ['a member missing', { ...read, body: JSON.stringify({ ...claim, phase: undefined }) }, /required.*"phase"/],
    ['a word that is none', { ...read, body: JSON.stringify({ ...claim, phase: 'asleep' }) }, /\/phase must be equal/],
    ['a time that is none', { ...read, body: JSON.stringify({ ...claim, deadline: 'soon' }) }, /\/deadline must match/],
    ['another status', { ...read, status: 418 }, /is answered 418/],
    ['another content type', { ...read, contentType: 'text/plain' }, /content type text\/plain/],
    ['a body where there is none', { ...read, method: 'DELETE', path: '/v1/brands/acme', status: 204 }, /has a body/],
    ['a problem of another route', { ...refused, path: '/v1/brands/acme' }, /\/type must be equal/],
    ['a path that is not described', { ...read, path: '/v2' }, /is not in the document/],
    ['a method that is not described', { ...read, method: 'PATCH' }, /is not in the document/],
  ];
  test.each(cases)('%s', (_name, answer, fault) => {
    expect(check(answer).join('\n')).toMatch(fault);
  });

  test('on its way out of any server in the process, whoever asked', async () => {
    const watch = watchAnswers('x-made-up-id');
    const server = createServer((_req, res) => {
      res.setHeader('x-made-up-id', '1').setHeader('content-type', 'application/json');
      res.write('{"status":');
      res.end('"sleepy"}');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz?now`)).text();
    const [answer, ...others] = watch.take();
    watch.stop();
    server.close();
    expect(others).toEqual([]);
    expect(answer).toMatchObject({ method: 'GET', path: '/healthz', status: 200, body: '{"status":"sleepy"}' });
    expect(check(answer as SentAnswer)).toEqual([expect.stringContaining('/status must be equal to constant')]);
  });
});
