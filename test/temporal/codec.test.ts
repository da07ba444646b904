import { ApplicationFailure, type Payload, type SerializationContext } from '@temporalio/common';
import { decodeFailure, encodeFailure } from '@temporalio/common/lib/internal-non-workflow';
import { temporal } from '@temporalio/proto';
import fc from 'fast-check';
import { createVault } from '../../src/store/vault';
import { createCodec } from '../../src/temporal/codec';
import { failureConverter } from '../../src/temporal/failure-converter';
import { payloadConverter } from '../../src/temporal/payload-converter';
import { createPayloadSeal } from '../../src/temporal/payload-seal';

const MASTER = Buffer.alloc(32, 1);
const reasons: string[] = [];
beforeEach(() => reasons.splice(0));

const codecOf = (...masterKeys: Buffer[]) =>
  createCodec(createPayloadSeal(createVault(masterKeys), (reason) => reasons.push(reason)));
const codec = codecOf(MASTER);

const inWorkflow = (workflowId: string): SerializationContext => ({
  type: 'workflow',
  namespace: 'default',
  workflowId,
});
const ACME = inWorkflow('claim:acme:c1');
const encoded = async (value: unknown, context?: SerializationContext): Promise<Payload> =>
  (await codec.encode([payloadConverter.toPayload(value)], context))[0] as Payload;
const decoded = async (payload: Payload, context?: SerializationContext, by = codec): Promise<unknown> =>
  payloadConverter.fromPayload((await by.decode([payload], context))[0] as Payload);
const UNREADABLE = { $unreadable: 'binary/encrypted' };

test('any value opens in every workflow and activity of its brand, and shows nothing of itself while it is sealed', async () => {
  const elsewhere: SerializationContext[] = [
    ACME,
    inWorkflow('claim:acme:a claim: with colons'),
    inWorkflow('protection:acme:prot_1'),
    { type: 'activity', namespace: 'default', workflowId: 'claim:acme:c1', activityId: '1', isLocal: true },
  ];
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...elsewhere), async (value, context) => {
      const plain = payloadConverter.toPayload(value);
      const payload = await encoded(value, ACME);
      expect(await decoded(payload, context)).toEqual(payloadConverter.fromPayload(plain));
      const text = Buffer.from(plain.data ?? []);
      if (text.length > 8) expect(Buffer.from(payload.data ?? []).includes(text)).toBe(false);
    }),
  );
});

test('nothing and bytes come back as they were', async () => {
  expect(await decoded(await encoded(undefined, ACME), ACME)).toBeUndefined();
  expect(await decoded(await encoded(Uint8Array.of(0, 255), ACME), ACME)).toEqual(Uint8Array.of(0, 255));
});

test('a sealed payload says that it is, and names its key', async () => {
  const { metadata } = await encoded('Kettle', ACME);
  const texts = Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString()]);
  expect(Object.fromEntries(texts)).toEqual({ encoding: 'binary/encrypted', 'encryption-key-id': 'acme' });
});

test.each([
  ['the workflow of another brand', inWorkflow('claim:other:c1')],
  ['a workflow of no brand', inWorkflow('nightly')],
  ['no workflow', undefined],
])("a brand's payload does not open in %s, whatever key it names", async (_where, context) => {
  const payload = await encoded({ email: 'mira@example.test' }, ACME);
  expect(await decoded(payload, context)).toEqual(UNREADABLE);
  const renamed = { ...payload, metadata: { ...payload.metadata, 'encryption-key-id': Buffer.from('other') } };
  expect(await decoded(renamed, context)).toEqual(UNREADABLE);
  expect(reasons).toHaveLength(2);
});

test('what belongs to no brand is sealed with the key of the service, which opens nowhere else', async () => {
  const payload = await encoded('a failure of the worker itself', undefined);
  expect(Buffer.from(payload.metadata?.['encryption-key-id'] ?? []).toString()).toBe('*');
  expect(await decoded(payload, inWorkflow('nightly'))).toBe('a failure of the worker itself');
  expect(await decoded(payload, ACME)).toEqual(UNREADABLE);
});

test('plain payloads of others pass as they are', async () => {
  const plain = [payloadConverter.toPayload({ brand: 'acme' }), { metadata: { encoding: Buffer.from('martian') } }, {}];
  expect(await codec.decode(plain, ACME)).toEqual(plain);
  expect(reasons).toEqual([]);
});

test('a sealed payload with one bit changed, or cut short, is unreadable and never throws', async () => {
  const payload = await encoded('Kettle', ACME);
  const data = Buffer.from(payload.data ?? []);
  await fc.assert(
    fc.asyncProperty(fc.nat(data.length * 8 - 1), async (bit) => {
      const changed = Buffer.from(data);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await decoded({ ...payload, data: changed }, ACME)).toEqual(UNREADABLE);
      expect(await decoded({ ...payload, data: data.subarray(0, bit >> 3) }, ACME)).toEqual(UNREADABLE);
    }),
  );
  expect(await decoded({ metadata: payload.metadata ?? null }, ACME)).toEqual(UNREADABLE);
});

test('after a rotation of the master key the old one still opens; without it the reason names the key', async () => {
  const payload = await encoded('Kettle', ACME);
  const other = Buffer.alloc(32, 2);
  expect(await decoded(payload, ACME, codecOf(other, MASTER))).toBe('Kettle');
  expect(await decoded(payload, ACME, codecOf(other))).toEqual(UNREADABLE);
  expect(reasons).toEqual([expect.stringContaining('add that key to CLAIMKEEPER_MASTER_KEYS')]);
});

test("a failure's messages and stacks are sealed to its last cause; its type stays", async () => {
  const cause = new Error('mira@example.test is unknown');
  const failure = ApplicationFailure.create({
    message: 'no customer Mira',
    type: 'rejected',
    cause,
    details: ['Mira'],
  });
  const raw = await encodeFailure([codec], failureConverter.errorToFailure(failure, payloadConverter), ACME);
  const bytes = Buffer.from(temporal.api.failure.v1.Failure.encode(raw).finish());
  expect(bytes.toString('latin1')).not.toMatch(/mira|codec\.test/i);
  expect(raw).toMatchObject({ message: 'Encoded failure', applicationFailureInfo: { type: 'rejected' } });
  const opened = failureConverter.failureToError(await decodeFailure([codec], raw, ACME), payloadConverter);
  expect(opened).toMatchObject({ message: 'no customer Mira', type: 'rejected', details: ['Mira'] });
  expect(opened.cause).toMatchObject({ message: 'mira@example.test is unknown' });
  expect(opened.stack).toContain('codec.test');
});
