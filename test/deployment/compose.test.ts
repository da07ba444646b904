import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.join(__dirname, '../..');
const COMPOSE = path.join(ROOT, 'docker-compose.yml');
const DCLINT = path.join(ROOT, 'node_modules/dclint/bin/dclint.cjs');

/** Checks a file against the schema of the Compose specification, and for what dclint counts as an error beyond it. */
const check = (file: string): Promise<unknown> => promisify(execFile)(process.execPath, [DCLINT, '--quiet', file]);

test('docker-compose.yml follows the Compose schema', async () => {
  await expect(check(COMPOSE)).resolves.toBeDefined();
});

test('the check finds what is not in the schema', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'claimkeeper-compose-'));
  try {
    const wrong = path.join(folder, 'docker-compose.yml');
    writeFileSync(wrong, readFileSync(COMPOSE, 'utf8').replace('service_healthy', 'service_well'));
    await expect(check(wrong)).rejects.toMatchObject({ stdout: expect.stringContaining('invalid-schema') as unknown });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const taken = [...readFileSync(COMPOSE, 'utf8').matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name]) => name);
const listed = [...readFileSync(path.join(ROOT, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=/gm)].map(
  ([, name]) => name,
);

test('every variable that docker-compose.yml takes is in .env.example', () => {
  expect(taken).toContain('POSTGRES_PASSWORD');
  expect(listed).toEqual(expect.arrayContaining(taken));
});

test("every variable of Claimkeeper's own in .env.example is handed on by docker-compose.yml, but the place of the embedded database", () => {
  const own = listed.filter((name) => name?.startsWith('CLAIMKEEPER_'));
  expect(own).toContain('CLAIMKEEPER_EGRESS_ALLOW');
  expect([...taken, 'CLAIMKEEPER_DATA_DIR']).toEqual(expect.arrayContaining(own));
});
