import { startBrandBackendSimulator, type BrandBackendSimulator } from '../../../sandbox/brand-backend/simulator';
import { createBrandBackend } from '../../../src/integrations/brand-backend/client';
import {
  escalate,
  remindOf,
  requestResolution,
  tellProtection,
  withdraw,
} from '../../../src/integrations/brand-backend/compose';
import { loopbackHttp } from '../../support/loopback-http';
import { AT, context, LATER, resolution } from './requested';

const SECRET = `whsec_${Buffer.from('the secret of one brand only').toString('base64')}`;
const OTHER = `whsec_${Buffer.from('a secret of somebody elsewhere').toString('base64')}`;

const backend = createBrandBackend(loopbackHttp());
let brand: BrandBackendSimulator;
beforeEach(async () => {
  brand = await startBrandBackendSimulator();
  await brand.configure({ signingSecrets: [SECRET] });
});
afterEach(() => brand.stop());

const access = (...signingSecrets: string[]) => ({ url: `${brand.url}/commands`, signingSecrets });
const requested = requestResolution(resolution(), context);

test('every command is one that a strict brand reads', async () => {
  const address = { name: 'Ada Vale', address1: '18 Harbour Rd', city: 'Portland', zip: '97201', country: 'US' };
  const reship = resolution({ id: 'res_0000000000000002', kind: 'reship', amount: null, shippingAddress: address });
  const protection = {
    occurredAt: AT,
    order: { sourceOrderId: 'BR-20417' },
    amount: { amount: '3.45', currency: 'EUR' },
  };
  const commands = [
    requested,
    requestResolution(reship, context),
    remindOf(requested.body, LATER),
    withdraw(requested.body, LATER),
    escalate(context, [requested.body], { number: 1, at: LATER }),
    tellProtection('acme', { ...protection, eventId: 'prot_1', action: 'added' }),
    tellProtection('acme', { ...protection, eventId: 'prot_2', action: 'removed' }),
  ];
  for (const command of commands) await backend.send(access(SECRET), command);
  expect(brand.deliveries().map(({ problem }) => problem)).toEqual(commands.map(() => null));
  expect(brand.commands().map(({ webhookId, raw }) => ({ webhookId, body: raw }))).toEqual(commands);
});

test('a command whose answer was lost is repeated byte for byte, and the brand acts once', async () => {
  await brand.setPolicy({ answer: 'auto', delayMs: 3_600_000 });
  brand.faults.add({ fault: 'lostAnswer' });
  await expect(backend.send(access(SECRET), requested)).rejects.toMatchObject({ kind: 'unavailable' });
  await backend.send(access(SECRET), requested);
  expect(brand.deliveries()).toMatchObject([
    { duplicate: false, raw: requested.body },
    { duplicate: true, raw: requested.body },
  ]);
  expect(brand.acted()).toMatchObject([{ webhookId: requested.webhookId, what: 'refunded' }]);
});

test('a brand that has changed its secret reads both signatures, and refuses one that it does not know', async () => {
  await backend.send(access(OTHER, SECRET), requested);
  await expect(backend.send(access(OTHER), requested)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(brand.deliveries().map(({ verified }) => verified)).toEqual([true, false]);
});

test('a brand that is gone is not asked again', async () => {
  brand.faults.add({ fault: { status: 410 } });
  await expect(backend.send(access(SECRET), requested)).rejects.toMatchObject({ kind: 'gone' });
});
