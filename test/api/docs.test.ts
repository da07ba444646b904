import { readFile } from 'node:fs/promises';
import { DOCS_SCRIPT, startApi, type RunningApi } from './running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test('the page needs no token, and may talk to this service alone', async () => {
  const { status, headers, text } = await api.ask('GET', '/docs');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval|upgrade-insecure/);
  expect(policy).toMatch(/script-src 'self';/);
  expect(text).not.toMatch(/\/\/[a-z0-9]/i);
  expect(text).toContain('&quot;url&quot;:&quot;/openapi.json&quot;');
});

test('all that it loads is served here', async () => {
  const { text } = await api.ask('GET', '/docs');
  const loaded = [...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path = '']) => path);
  expect(loaded).toEqual(['/docs/scalar.js']);
  const script = await api.ask('GET', loaded[0] ?? '');
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  expect(script.text).toBe(await readFile(DOCS_SCRIPT, 'utf8'));
});
