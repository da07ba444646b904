import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { startCanary } from './canary';

const HOOK = path.join(__dirname, '../../support/typescript-hook.cjs');
const CALL = path.join(__dirname, 'call-once.ts');
const PEM = readFileSync(path.join(__dirname, '../../fixtures/tls/shop.example.pem'), 'utf8');

async function callIn(env: Record<string, string>, url: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', HOOK, CALL, url], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  return stdout;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

test('a proxy of the environment is not used: it would dial what it likes', async () => {
  const canary = await startCanary();
  let visits = 0;
  const proxy = createServer((socket) => void (visits++, socket.destroy())).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = `http://127.0.0.1:${portOf(proxy)}`;
  const env = {
    HTTP_PROXY: address,
    http_proxy: address,
    HTTPS_PROXY: address,
    ALL_PROXY: address,
    NO_PROXY: '',
    no_proxy: '',
    NODE_USE_ENV_PROXY: '1',
  };
  await expect(callIn(env, `http://127.0.0.1:${canary.port}/once`)).resolves.toBe('reached');
  expect(visits).toBe(0);
  proxy.close();
  await canary.close();
});

test('the environment cannot switch the check of certificates off', async () => {
  const server = createSecureServer({ key: PEM, cert: PEM }, (_, response) => response.end('reached'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await expect(callIn({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, `https://127.0.0.1:${portOf(server)}/`)).resolves.toBe(
    'PartnerError: partner: GET failed: DEPTH_ZERO_SELF_SIGNED_CERT',
  );
  server.close();
  server.closeAllConnections();
});
