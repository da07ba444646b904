import { type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createJudge } from '../../../src/integrations/egress/judge';
import { guardedLookup } from '../../../src/integrations/egress/lookup';
import { startCanary, watchDials, type Canary } from './canary';
import { openDoor } from './door';

// Tests really dial loopback alone: it stands for an address that may be dialled where a connection is made.
const PERMITTED = '127.0.0.1';

let canary: Canary;
let dials: ReturnType<typeof watchDials>;
beforeEach(async () => {
  canary = await startCanary();
  dials = watchDials();
});
afterEach(async () => {
  dials.end();
  await canary.close();
});

const open = (names: Record<string, string[][]>) => openDoor({ allow: PERMITTED, names });

/** One look-up after the other by a socket that is being connected: what it gets is what it dials. */
function lookUp(answers: string[][]): () => Promise<string[]> {
  const left = [...answers];
  const resolve = async (): Promise<LookupAddress[]> =>
    (left.shift() ?? []).map((address) => ({ address, family: isIP(address) }));
  const lookup = guardedLookup(createJudge([]), resolve);
  return () =>
    new Promise((done, fail) => {
      lookup('shop.example', { all: true }, (error, found) =>
        error === null ? done((found as LookupAddress[]).map(({ address }) => address)) : fail(error),
      );
    });
}

test('a name that is public first and private then: given, then refused', async () => {
  const next = lookUp([['93.184.215.14'], ['10.0.0.7']]);
  await expect(next()).resolves.toEqual(['93.184.215.14']);
  await expect(next()).rejects.toMatchObject({ name: 'AddressRefused', kind: 'private' });
});

test('a name that is private first and public then: refused, then given', async () => {
  const next = lookUp([['169.254.169.254'], ['93.184.215.14']]);
  await expect(next()).rejects.toMatchObject({ name: 'AddressRefused', kind: 'metadata' });
  await expect(next()).resolves.toEqual(['93.184.215.14']);
});

test('of several addresses only the permitted ones are given', async () => {
  const next = lookUp([['10.0.0.7', '93.184.215.14', '::1', '2606:4700::1111', '169.254.169.254']]);
  await expect(next()).resolves.toEqual(['93.184.215.14', '2606:4700::1111']);
});

test('each connection goes where the look-up that it was made by was judged, whatever the one before said', async () => {
  const answers = [[PERMITTED], ['10.0.0.7'], [PERMITTED], ['192.168.0.1', PERMITTED], ['169.254.169.254', '::1']];
  const { get } = open({ 'shop.example': answers });
  const outcomes: string[] = [];
  for (const _ of answers) {
    const call = get(`http://shop.example:${canary.port}/once`);
    outcomes.push(
      await call.then(
        ({ body }) => body,
        ({ kind }: { kind: string }) => kind,
      ),
    );
  }
  expect(outcomes).toEqual(['reached', 'rejected', 'reached', 'reached', 'rejected']);
  expect(dials.dialled).toEqual([PERMITTED, PERMITTED, PERMITTED]);
});

test('a name is looked up once for a connection: there is no second answer that could differ', async () => {
  const { get, lookups } = open({ 'shop.example': [[PERMITTED], ['10.0.0.7']] });
  await expect(get(`http://shop.example:${canary.port}/`)).resolves.toMatchObject({ body: 'reached' });
  expect(lookups).toEqual(['shop.example']);
  expect(canary.hosts).toEqual([`shop.example:${canary.port}`]);
});

test('a connection that is kept alive is used on: it goes where it was judged to go', async () => {
  const { get, lookups } = open({ 'shop.example': [[PERMITTED], ['10.0.0.7']] });
  const url = `http://shop.example:${canary.port}/`;
  await get(url);
  // A connection is free again a moment after its answer.
  await setImmediate();
  await expect(get(url)).resolves.toMatchObject({ body: 'reached' });
  expect([lookups, canary.connections()]).toEqual([['shop.example'], 1]);
});

test('a kept connection serves its own origin only', async () => {
  const { get } = open({ 'shop.example': [[PERMITTED]], 'evil.example': [['10.0.0.7']] });
  await get(`http://shop.example:${canary.port}/`);
  await expect(get(`http://evil.example:${canary.port}/`)).rejects.toMatchObject({ kind: 'rejected' });
  expect(dials.dialled).toEqual([PERMITTED]);
});

test('calls that come at once share one look-up', async () => {
  const { get, lookups } = open({ 'shop.example': [[PERMITTED]] });
  const url = `http://shop.example:${canary.port}/`;
  await Promise.all([get(url), get(url), get(url)]);
  expect(lookups).toEqual(['shop.example']);
});

test('a name that is not known may be so another time', async () => {
  await expect(open({}).get('http://unknown.example/')).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'partner: GET failed: ENOTFOUND',
  });
});
