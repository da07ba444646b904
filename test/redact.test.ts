import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { Agent, errors, request } from 'undici';
import { documentOf, Problem } from '../src/api/problem';
import { loadConfig } from '../src/config';
import { createLog } from '../src/log';
import { redact, tellError } from '../src/redact';
import { openDatabase } from '../src/store/database';
import { plainError } from '../src/store/plain-errors';
import { onEachDatabase, openForTest } from './support/databases';

const CANARY = 'canary-4711';
const caught = async (work: () => unknown): Promise<Error> => {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};

/** What the log holds of what `write` logs. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(
    createLog('trace', new Writable({ write: (chunk, _encoding, done) => void (lines.push(String(chunk)), done()) })),
  );
  for (const line of lines) JSON.parse(line);
  expect(lines.length).toBeGreaterThan(0);
  return lines.join('');
}
/** An error under each name by which one may be logged, and as the cause of another. */
const loggedEverywhere = (error: Error): string =>
  logged((log) => {
    log.error(error);
    log.error({ err: error }, 'failed');
    log.warn({ error, reason: error.message }, error.message);
    log.child({ requestId: 'r-1' }).error({ err: new Error('outer', { cause: error }) });
    log.error({ err: new AggregateError([error], 'all failed') });
  });

onEachDatabase((kind) => {
  test.each([
    ['of a statement with values', sql`select * from nothing where email = ${CANARY}`],
    ['of a value that is not valid', sql`select cast(${CANARY} as integer)`],
    [
      'that quotes the row',
      sql`insert into leases (key, holder, expires_at) select 'k', ${CANARY}, now() from generate_series(1, 2)`,
    ],
  ])('nothing of the values is told of an error %s, raw or in our words', async (_what, statement) => {
    const database = await kind.open();
    const error = await caught(() => database.sql.execute(statement));
    // The canary is really there: the test can fail.
    expect(JSON.stringify([error.message, error.cause, Object.entries(error)])).toContain(CANARY);
    expect(loggedEverywhere(error)).not.toContain(CANARY);
    const plain = plainError(error) as Error;
    expect([plain.message, loggedEverywhere(plain)].join()).not.toContain(CANARY);
    await database.close();
  });
});

test('nothing of the headers and the body is told of an error of undici', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(500, { 'set-cookie': CANARY }).end(CANARY);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { authorization: `Bearer ${CANARY}`, 'x-webhook-secret': CANARY };
  const dispatcher = new Agent();
  const reply = await request(url, { dispatcher, headers });
  const error = new errors.ResponseError('refused', 500, { headers: reply.headers, body: await reply.body.text() });
  await dispatcher.close();
  server.close();
  Object.assign(error, { request: { headers } });
  expect(JSON.stringify(error)).toContain(CANARY);
  expect(loggedEverywhere(error)).not.toContain(CANARY);
});

test.each([
  `postgres://claims:${CANARY}@db.example:99999/claims`,
  `postgres://claims:${CANARY}#x@db.example/claims`,
  `postgres://claims:${CANARY}/x@db.example/claims`,
  `mysql://claims:${CANARY}@db.example/claims`,
  `claims:${CANARY}@db.example`,
])('the password of a DATABASE_URL that is refused (%#) is in no message', async (url) => {
  const inConfig = await caught(() => loadConfig({ DATABASE_URL: url }));
  expect(inConfig.message).toMatch(/^ {2}DATABASE_URL: must be a postgres:\/\/ URL/m);
  const inStore = await caught(() => openDatabase({ url, dataDir: '.data' }));
  for (const error of [inConfig, inStore])
    expect([error.message, error.stack, loggedEverywhere(error)].join()).not.toContain(CANARY);
});

test('nor that of one that is taken, when no server answers', async () => {
  const url = `postgres://claims:${CANARY}@127.0.0.1:1/claims`;
  const error = await caught(() => openForTest({ url, dataDir: '.data' }));
  expect(error.message).toContain('No PostgreSQL server answers (ECONNREFUSED)');
  expect([error.message, error.stack, loggedEverywhere(error)].join()).not.toContain(CANARY);
});

test.each([
  [
    'a URL with a password',
    `no answer from postgres://claims:${CANARY}@db.example/claims`,
    'no answer from postgres://…@db.example/claims',
  ],
  ['a URL with an odd password', `at http://u:p@${CANARY}/x@host/path`, 'at http://…@host/path'],
  ['a bearer token', `authorization: Bearer ${CANARY}.x`, 'authorization: Bearer …'],
  ['a token of ours', `the token ck_${CANARY} is revoked`, 'the token ck_… is revoked'],
  ['a signing secret', `whsec_${CANARY}+/=`, 'whsec_…'],
  ['a connection string', `host=db password=${CANARY} user=x`, 'host=db password=… user=x'],
  ['an e-mail address', `no customer with ${CANARY}@example.test there`, 'no customer with …@… there'],
  [
    'a named secret in JSON',
    `{"apiKey":"${CANARY}","n":1,"webhookSecrets":["${CANARY}"]}`,
    '{"apiKey":"…","n":1,"webhookSecrets":"…"}',
  ],
])('%s is taken out of any text', (_what, text, left) => {
  expect(redact(text)).toBe(left);
});

test('what is no secret stays: ids, links, paths of modules', () => {
  const text =
    'claim cmxk3v8q2 of acme: https://claims.example/v1 at node_modules/@temporalio/worker/lib/a.js:1:2, res_9f0c2a417be05d11';
  expect(redact(text)).toBe(text);
});

test('long text of whatever kind is redacted in no time that an attacker could use', () => {
  for (const piece of ['a://', 'a@', '"token":"', 'a.', 'Bearer ', 'Failed query: '])
    expect(redact(piece.repeat(20_000)).length).toBeGreaterThan(0);
});

test('of an error its kind, code, frames and causes are told', () => {
  const cause = Object.assign(new Error('inner'), { code: 'ECONNRESET', headers: { authorization: CANARY } });
  const told = tellError(new TypeError('outer', { cause }));
  expect(told).toMatchObject({
    type: 'TypeError',
    message: 'outer',
    cause: { type: 'Error', message: 'inner', code: 'ECONNRESET' },
  });
  expect(told.stack).toMatch(/^\s+at .*redact\.test/);
  expect(JSON.stringify(told)).not.toContain(CANARY);
  const circle = new Error('circle');
  circle.cause = circle;
  expect(JSON.stringify(tellError(circle)).length).toBeLessThan(50_000);
});

test('a problem document passes through it too', () => {
  const errors = [{ path: 'body.url', message: `https://u:${CANARY}@host is refused` }];
  const document = documentOf(new Problem('invalid-input', `Bearer ${CANARY}`, { errors }), 'r-1');
  expect(JSON.stringify(document)).not.toContain(CANARY);
});

test('what the database quotes of a row is not told', () => {
  const error = Object.assign(new DatabaseError('duplicate key value violates unique constraint "x"', 1, 'error'), {
    code: '23505',
    detail: `Key (email)=(${CANARY}) already exists.`,
  });
  expect(loggedEverywhere(error)).not.toContain(CANARY);
});
