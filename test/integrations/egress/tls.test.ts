import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { startCanary } from './canary';
import { openDoor } from './door';

/** A certificate of shop.example that nobody vouches for, and its key. */
const PEM = readFileSync(path.join(__dirname, '../../fixtures/tls/shop.example.pem'), 'utf8');

let server: Server;
const asked: { servername: string[]; host: unknown[] } = { servername: [], host: [] };
beforeAll(async () => {
  server = createServer(
    {
      key: PEM,
      cert: PEM,
      SNICallback: (name, done) => {
        asked.servername.push(name);
        done(null, createSecureContext({ key: PEM, cert: PEM }));
      },
    },
    ({ headers }, response) => response.end(String(asked.host.push(headers.host))),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
beforeEach(() => {
  asked.servername = [];
  asked.host = [];
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

const NAMES = { 'shop.example': [['127.0.0.1']], 'other.example': [['127.0.0.1']] };
const address = (name: string): string => `https://${name}:${(server.address() as AddressInfo).port}/`;

test('a certificate that nobody vouches for is refused before anything is sent', async () => {
  const { get } = openDoor({ allow: '127.0.0.1', names: NAMES });
  await expect(get(address('shop.example'))).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'partner: GET failed: DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  expect(asked).toEqual({ servername: ['shop.example'], host: [] });
});

test('a trusted certificate serves the name that the URL has, at the address that was judged', async () => {
  const { get } = openDoor({ allow: '127.0.0.1', names: NAMES, ca: PEM });
  const url = address('shop.example');
  await expect(get(url)).resolves.toMatchObject({ status: 200 });
  expect(asked).toEqual({ servername: ['shop.example'], host: [new URL(url).host] });
});

test.each(['other.example', '127.0.0.1'])('a trusted certificate of another name than %s is refused', async (name) => {
  const { get } = openDoor({ allow: '127.0.0.1', names: NAMES, ca: PEM });
  await expect(get(address(name))).rejects.toMatchObject({
    kind: 'unavailable',
    message: 'partner: GET failed: ERR_TLS_CERT_ALTNAME_INVALID',
  });
  expect(asked.host).toEqual([]);
});

test('a server without TLS is no https partner', async () => {
  const canary = await startCanary();
  const { get } = openDoor({ allow: '127.0.0.1' });
  await expect(get(`https://127.0.0.1:${canary.port}/`)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(canary.hosts).toEqual([]);
  await canary.close();
});
