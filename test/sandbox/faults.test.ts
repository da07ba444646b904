import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { controlClient } from '../../sandbox/http/control';
import type { KustomerActions } from '../../sandbox/kustomer/actions';
import { startBrandBackendSimulator } from '../../sandbox/brand-backend/simulator';
import { startKustomerSimulator, type KustomerSimulator } from '../../sandbox/kustomer/simulator';
import { startOrderProtectionSimulator } from '../../sandbox/order-protection/simulator';
import { caller, type Caller } from './caller';
import { until } from './until';
import { stopLater } from './stop-later';
import { KLAIM_PROPERTIES } from '../support/klaim-properties';

const klaim = { externalId: 'clm_1', title: 'Damaged' };
const CREATE = { method: 'POST', path: '/klasses/klaim$' };

let kustomer: KustomerSimulator;
let call: Caller;
const create = () => call('POST', '/v1/klasses/klaim', klaim);

beforeEach(async () => {
  kustomer = stopLater(await startKustomerSimulator());
  await kustomer.seedOrg({ properties: KLAIM_PROPERTIES });
  call = caller(kustomer.url, 'kustomer-key-acme');
});

test('a lost answer acts and cuts the connection, once', async () => {
  kustomer.faults.add({ match: CREATE, fault: 'lostAnswer' });
  expect((await create()).status).toBe('cut');
  expect(kustomer.klaims('clm_1')).toHaveLength(1);
  expect((await create()).status).toBe(201);
  expect(kustomer.faults.counts()).toEqual({ lostAnswer: 1 });
});

test('a connection dropped before acting leaves nothing behind', async () => {
  kustomer.faults.add({ match: CREATE, fault: 'dropBefore' });
  expect((await create()).status).toBe('cut');
  expect(kustomer.klaims()).toEqual([]);
});

test('a 500 after the commit leaves the Klaim, a 503 before it does not', async () => {
  kustomer.faults.add({ match: CREATE, fault: 'status500AfterCommit' });
  kustomer.faults.add({ match: { ...CREATE, nth: 2 }, fault: { status: 503 } });
  expect((await create()).status).toBe(500);
  expect((await create()).status).toBe(503);
  expect(kustomer.klaims()).toHaveLength(1);
});

test('a 429 comes in the documented shape', async () => {
  kustomer.faults.add({ fault: { status: 429 } });
  const answer = await create();
  expect(answer.body).toMatchObject({ errors: [{ code: 'too_many_requests' }] });
  expect(answer.headers).toMatchObject({ 'x-ratelimit-remaining': '0' });
  expect(Number(answer.headers['x-ratelimit-reset'])).toBeGreaterThan(1_700_000_000);
});

test('the nth matching request is hit, as many times as asked, and clear ends it', async () => {
  kustomer.faults.add({ match: { ...CREATE, nth: 2 }, times: Infinity, fault: { status: 500 } });
  expect([(await create()).status, (await create()).status, (await create()).status]).toEqual([201, 500, 500]);
  kustomer.faults.clear();
  expect((await create()).status).toBe(201);
});

test('a hanging request acts when it is released', async () => {
  kustomer.faults.add({ match: CREATE, fault: 'hang' });
  const hanging = create();
  await until(() => kustomer.faults.counts()['hang'] === 1);
  expect(kustomer.requests(CREATE)).toMatchObject([{ status: 'open', fault: 'hang', body: klaim }]);
  expect(kustomer.klaims()).toEqual([]);
  kustomer.faults.release();
  expect((await hanging).status).toBe(201);
});

test('chance is the same for the same seed', async () => {
  const run = async (): Promise<string> => {
    const one = stopLater(await startKustomerSimulator({ seed: 7 }));
    one.faults.add({ probability: 0.5, fault: { status: 500 } });
    const answers: unknown[] = [];
    for (let i = 0; i < 12; i += 1) answers.push((await caller(one.url, 'none')('GET', '/v1/klasses')).status);
    await one.stop();
    return answers.join();
  };
  const first = await run();
  expect(first).toContain('500');
  expect(first).toContain('401');
  expect(await run()).toBe(first);
});

test('while it is down every connection is cut, but for its control', async () => {
  const control = controlClient<KustomerActions>(kustomer.url);
  kustomer.faults.down();
  expect((await create()).status).toBe('cut');
  expect(await control.klaims({})).toEqual([]);
  kustomer.faults.down('503');
  expect((await create()).status).toBe(503);
  kustomer.faults.up();
  expect((await create()).status).toBe(201);
});

test('another process can switch faults, act and look', async () => {
  const control = async (name: string, body: object): Promise<unknown> =>
    (await call('POST', `/_control/${name}`, body)).body;
  await control('addFault', { match: CREATE, times: 'forever', fault: { status: 503 } });
  expect((await create()).status).toBe(503);
  expect(await control('faultCounts', {})).toEqual({ 'status 503': 1 });
  await control('clearFaults', {});
  await create();
  expect(await control('klaims', { externalId: 'clm_1' })).toMatchObject([klaim]);
  expect(await control('requests', CREATE)).toMatchObject([{ status: 503 }, { status: 201 }]);
  expect(await call('POST', '/_control/klaims', { nonsense: 1 })).toMatchObject({ status: 400 });
});

test.each([
  ['Kustomer', startKustomerSimulator, 'seedOrg'],
  ['Order Protection', startOrderProtectionSimulator, 'fileClaim'],
  ['the brand backend', startBrandBackendSimulator, 'setPolicy'],
])('%s lists what it can be told, with the schema of each input', async (_name, start, action) => {
  const simulator = stopLater(await start());
  const listed = await caller(simulator.url, '')('GET', '/_control');
  expect(listed.body).toMatchObject({ [action]: { type: 'object' }, addFault: { type: 'object' }, requests: {} });
});

test('state outlives the process, and what was answered is in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kustomer-'));
  const stateFile = join(folder, 'kustomer.json');
  const first = stopLater(await startKustomerSimulator({ stateFile }));
  await first.seedOrg({ properties: KLAIM_PROPERTIES });
  const made = await Promise.all(
    [1, 2, 3].map(() => caller(first.url, 'kustomer-key-acme')('POST', '/v1/klasses/klaim', klaim)),
  );
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
  await first.stop();
  const second = stopLater(await startKustomerSimulator({ stateFile }));
  await second.seedOrg({ properties: KLAIM_PROPERTIES });
  expect(second.klaims('clm_1')).toHaveLength(3);
  await second.stop();
  await rm(folder, { recursive: true });
});

test('a port that is taken is said so', async () => {
  const { port } = new URL(kustomer.url);
  await expect(startKustomerSimulator({ port: Number(port) })).rejects.toThrow(`cannot listen on port ${port}`);
});
