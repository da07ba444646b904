import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { readDelivery } from '../../src/intake/read-delivery';
import { SECRET, startApi, type Answer, type RunningApi } from '../api/running-api';
import { sample as karlaSample, signed } from '../integrations/karla/sample';
import { sample } from '../integrations/order-protection/sample';
import { hostileBodies, type HostileBodies, type Written } from './hostile-bodies';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
  await api.newBrand('acme');
});
afterAll(() => api.stop());

const HERE = '"%%"';
/** Writes a part of JSON in place of one member of an event. */
const into = (event: object): Written => {
  const [before = '', after = ''] = JSON.stringify(event).split(HERE);
  return (part) => `${before}${part}${after}`;
};

const created = sample('claim.created', 'api');
const approved = sample('claim.approved', 'api');
const karla = karlaSample();
/** Each reader's own places, and one that no reader looks at. */
const PLACES: Record<Source, Written[]> = {
  'order-protection': [
    into({ ...created, topic: '%%' }),
    into({ ...created, id: '%%' }),
    into({ ...created, created_at: '%%' }),
    into({ ...created, body: '%%' }),
    into({ ...created, body: { ...(created['body'] as object), claim_id: '%%' } }),
    into({ ...created, body: { ...(created['body'] as object), claim_description: '%%' } }),
    into({ ...approved, body: { ...(approved['body'] as object), resolutions: '%%' } }),
    into({ ...sample('protection.added', 'api'), body: { source_order_id: '%%' } }),
    into({ ...created, extra: '%%' }),
  ],
  karla: [
    into({ ...karla, ref: '%%' }),
    into({ ...karla, triggered_at: '%%' }),
    into({ ...karla, event_data: '%%' }),
    into({ ...karla, event_data: { ...karla.event_data, claim_id: '%%' } }),
    into({ ...karla, event_data: { ...karla.event_data, description: '%%' } }),
    into({ ...karla, context: { ...karla.context, order: '%%' } }),
    into({ ...karla, context: { ...karla.context, customer: '%%' } }),
  ],
};

type Source = 'order-protection' | 'karla';

const stored = new Set<string>();

/** Sends a body as the brand's own sender would, and remembers what was promised. */
async function send(
  source: Source,
  { body, headers, signs = body }: { body: Buffer } & Pick<HostileBodies, 'headers' | 'signs'>,
): Promise<Answer> {
  const proofs = { 'x-webhook-secret': SECRET, 'karla-signature': signed(signs, SECRET) };
  const answer = await api.ask('POST', `/webhooks/${source}/acme`, { body, headers: { ...proofs, ...headers } });
  if (answer.status === 200) stored.add(String(answer.json['deliveryId']));
  return answer;
}

async function intakeLog(): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await api.store.deliveries.list('acme', cursor === undefined ? {} : { cursor });
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

const SOURCES = Object.keys(PLACES) as Source[];

describe.each(SOURCES)('%s: a body that means ill is answered as it is written', (source) => {
  const corpus = hostileBodies(PLACES[source]).map((one) => [one.name, one.status, one] as const);
  test.each(corpus)('%s: %d', async (_name, status, { bodies, ...rest }) => {
    const answers = await Promise.all(bodies.map((body) => send(source, { body, ...rest })));
    expect(answers.map((answer) => answer.status)).toEqual(bodies.map(() => status));
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', '\0'),
);
const anyKey = fc.oneof(
  anyText,
  fc.constantFrom('topic', 'ref', 'id', 'body', 'event_data', 'claim_id', 'shop_id', 'context'),
);
const { value: anyJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.oneof(anyText, fc.double(), fc.bigInt().map(Number), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyKey, tie('value'), { maxKeys: 6 }),
  ),
}));

describe.each(SOURCES)('%s: whatever the sender sends', (source) => {
  const write = fc.constantFrom(...PLACES[source]);

  test('as a part of an event, is kept', async () => {
    await fc.assert(
      fc.asyncProperty(write, anyJson, async (written, part) => {
        const { status } = await send(source, { body: Buffer.from(written(JSON.stringify(part))) });
        expect(status).toBe(200);
      }),
      { numRuns: 100 },
    );
  });

  test('as bytes, is kept if it is JSON, else refused as what it is', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array)),
      fc.tuple(write, fc.nat(), fc.nat(255)).map(([written, at, byte]) => {
        const body = Buffer.from(written('"x"'));
        body[at % body.length] = byte;
        return body;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        const { status } = await send(source, { body });
        // A changed byte may make it the event of another shop.
        expect([200, 400, 401]).toContain(status);
        expect([status, isJson(body)]).not.toEqual([200, false]);
      }),
      { numRuns: 100 },
    );
  });
});

test('a sender that goes away in the middle of its body leaves nothing behind, and the next one is served', async () => {
  const before = await intakeLog();
  for (const start of ['content-length: 500\r\n\r\n{"topic"', 'transfer-encoding: chunked\r\n\r\nffff\r\n{"topic"']) {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    const head = `POST /webhooks/order-protection/acme HTTP/1.1\r\nhost: x\r\nx-webhook-secret: ${SECRET}\r\n`;
    socket.write(`${head}content-type: application/json\r\n${start}`);
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
  }
  expect((await send('order-protection', { body: Buffer.from(JSON.stringify(created)) })).status).toBe(200);
  expect((await intakeLog()).length).toBeLessThanOrEqual(before.length + 1);
});

test('in the end the intake log holds what was answered with 200 and nothing else, and each of it can be read', async () => {
  expect(new Set(await intakeLog())).toEqual(stored);
  const pending = await api.store.deliveries.lease({ limit: 10_000, seconds: 600 });
  expect(pending.length).toBeGreaterThan(0);
  for (const delivery of pending) expect(readDelivery(delivery)).toMatchObject({ usable: true });
});

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return true;
  } catch {
    return false;
  }
}
