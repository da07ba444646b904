import { createEgressDispatcher } from '../../../src/integrations/egress/dispatcher';
import { createJudge } from '../../../src/integrations/egress/judge';
import { createHttp } from '../../../src/integrations/http';
import { startCanary, watchDials, type Canary } from './canary';
import { openDoor } from './door';

let canary: Canary;
let dials: ReturnType<typeof watchDials>;
beforeAll(async () => {
  canary = await startCanary();
});
beforeEach(() => {
  dials = watchDials();
});
afterEach(() => dials.end());
afterAll(() => canary.close());

function nothingDialled(): void {
  expect(dials.dialled).toEqual([]);
  expect(canary.connections()).toBe(0);
}

// Each address as it may be written in a URL, and what it stands for.
const LITERALS: [what: string, host: string, kind: string][] = [
  ['loopback', '127.0.0.1', 'loopback'],
  ['another loopback', '127.255.255.254', 'loopback'],
  ['loopback with a last dot', '127.0.0.1.', 'loopback'],
  ['loopback, short', '127.1', 'loopback'],
  ['loopback, three parts', '127.0.1', 'loopback'],
  ['loopback, decimal', '2130706433', 'loopback'],
  ['loopback, hex', '0x7f000001', 'loopback'],
  ['loopback, hex parts', '0x7f.0x0.0x0.0x1', 'loopback'],
  ['loopback, octal', '017700000001', 'loopback'],
  ['loopback, octal parts', '0177.0.0.01', 'loopback'],
  ['loopback, percent-encoded', '%31%32%37.0.0.1', 'loopback'],
  ['loopback, full-width digits', '１２７.０.０.１', 'loopback'],
  ['loopback, circled digits', '①②⑦.⓪.⓪.①', 'loopback'],
  ['loopback, ideographic dots', '127。0。0。1', 'loopback'],
  ['this host', '0.0.0.0', 'unspecified'],
  ['this host, short', '0', 'unspecified'],
  ['this network', '0.1.2.3', 'unspecified'],
  ['private, class A', '10.0.0.1', 'private'],
  ['private, class B', '172.31.255.254', 'private'],
  ['private, class C', '192.168.1.1', 'private'],
  ['carrier-grade NAT', '100.64.0.1', 'carrier grade nat'],
  ['link-local', '169.254.1.1', 'link local'],
  ['metadata', '169.254.169.254', 'metadata'],
  ['metadata, decimal', '2852039166', 'metadata'],
  ['metadata, hex', '0xa9fea9fe', 'metadata'],
  ['metadata of containers', '169.254.170.2', 'metadata'],
  ['metadata, Alibaba', '100.100.100.200', 'metadata'],
  ['metadata, Azure, in public space', '168.63.129.16', 'metadata'],
  ['metadata, Oracle', '192.0.0.192', 'metadata'],
  ['protocol assignments', '192.0.0.8', 'reserved'],
  ['documentation', '203.0.113.7', 'reserved'],
  ['benchmarking', '198.18.0.1', 'reserved'],
  ['multicast', '224.0.0.1', 'multicast'],
  ['class E', '240.0.0.1', 'reserved'],
  ['broadcast', '255.255.255.255', 'broadcast'],
  ['IPv6 loopback', '[::1]', 'loopback'],
  ['IPv6 loopback, written out', '[0:0:0:0:0:0:0:1]', 'loopback'],
  ['IPv6 unspecified', '[::]', 'unspecified'],
  ['IPv6 unique local', '[fd12:3456::1]', 'unique local'],
  ['IPv6 link-local', '[fe80::1]', 'link local'],
  ['IPv6 site-local', '[fec0::1]', 'deprecated site local'],
  ['IPv6 multicast', '[ff02::1]', 'multicast'],
  ['IPv6 documentation', '[2001:db8::1]', 'reserved'],
  ['IPv6 discard', '[100::1]', 'discard'],
  ['IPv6 outside of what is handed out', '[4000::1]', 'reserved'],
  ['IPv6 metadata, AWS', '[fd00:ec2::254]', 'metadata'],
  ['IPv6 metadata, Google', '[fd20:ce::254]', 'metadata'],
  ['mapped loopback', '[::ffff:127.0.0.1]', 'loopback'],
  ['mapped loopback, hex', '[::ffff:7f00:1]', 'loopback'],
  ['mapped private', '[::ffff:10.0.0.1]', 'private'],
  ['mapped metadata', '[::ffff:a9fe:a9fe]', 'metadata'],
  ['compatible loopback', '[::127.0.0.1]', 'reserved'],
  ['translated loopback', '[64:ff9b::127.0.0.1]', 'loopback'],
  ['translated metadata', '[64:ff9b::a9fe:a9fe]', 'metadata'],
  ['translated by a local translator', '[64:ff9b:1::7f00:1]', 'rfc6052'],
  ['stateless translation', '[::ffff:0:127.0.0.1]', 'rfc6145'],
  ['6to4 of loopback', '[2002:7f00:1::1]', '6to4'],
  ['6to4 of a public address', '[2002:808:808::1]', '6to4'],
  ['Teredo', '[2001:0:7f00:1::1]', 'teredo'],
];

test.each(LITERALS)('%s, http://%s, is refused, and nothing is dialled', async (_, host, kind) => {
  const { get, lookups } = openDoor();
  await expect(get(`http://${host}:${canary.port}/`)).rejects.toMatchObject({
    name: 'PartnerError',
    kind: 'rejected',
    message: expect.stringMatching(`stands for a ${kind} address, which is not dialled: .*CLAIMKEEPER_EGRESS_ALLOW`),
  });
  expect(lookups).toEqual([]);
  nothingDialled();
});

test.each([
  ['an address with a zone', 'http://[fe80::1%25eth0]/'],
  ['an address with a zone, not encoded', 'http://[fe80::1%eth0]/'],
  ['an address with too large a part', 'http://127.0.0.256/'],
  ['a file', 'file:///etc/passwd'],
  ['another protocol', 'gopher://127.0.0.1/'],
])('%s is no URL to go to', async (_, url) => {
  await expect(openDoor().get(url)).rejects.toMatchObject({ name: 'PartnerError' });
  nothingDialled();
});

// A name, and the addresses that it has.
const NAMES: [what: string, addresses: string[], kind: string][] = [
  ['loopback', ['127.0.0.1'], 'loopback'],
  ['IPv6 loopback', ['::1'], 'loopback'],
  ['a private address', ['10.0.0.7'], 'private'],
  ['a metadata address', ['169.254.169.254'], 'metadata'],
  ['a link-local address with a zone', ['fe80::1%eth0'], 'link local'],
  ['a mapped address', ['::ffff:127.0.0.1'], 'loopback'],
  ['this host', ['0.0.0.0', '::'], 'unspecified'],
  [
    'several addresses, none of them public',
    ['127.0.0.1', '10.0.0.7', 'fd00::1'],
    'loopback or private or unique local',
  ],
];

test.each(NAMES)('a name of %s is refused, and nothing is dialled', async (_, addresses, kind) => {
  const { get } = openDoor({ names: { 'shop.example': [addresses] } });
  const failure = await get(`http://shop.example:${canary.port}/`).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining(`shop.example stands for a ${kind} address`),
  });
  // Brands read the message: what the operator's names mean is not for them.
  for (const address of addresses) expect(String(failure)).not.toContain(address);
  nothingDialled();
});

test.each(['localhost', 'LOCALHOST'])("%s is what this machine's resolver says", async (name) => {
  const http = createHttp(createEgressDispatcher(createJudge([])));
  const call = http({ partner: 'partner', method: 'GET', url: `http://${name}:${canary.port}/` });
  await expect(call).rejects.toMatchObject({ kind: 'rejected', message: expect.stringContaining('loopback') });
  nothingDialled();
});

test('over TLS a forbidden address is refused as well', async () => {
  const { get } = openDoor({ names: { 'shop.example': [['127.0.0.1']] } });
  for (const host of ['127.0.0.1', '[::1]', 'shop.example'])
    await expect(get(`https://${host}:${canary.port}/`)).rejects.toMatchObject({ kind: 'rejected' });
  nothingDialled();
});

test('what is public is left to the network', () => {
  const judge = createJudge([]);
  for (const address of [
    '8.8.8.8',
    '93.184.215.14',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '64:ff9b::808:808',
  ])
    expect([address, judge(address)]).toEqual([address, null]);
});

test('the watch over dials sees one', async () => {
  const { get } = openDoor({ allow: '127.0.0.1', names: { 'shop.example': [['127.0.0.1']] } });
  await get(`http://127.0.0.1:${canary.port}/once`);
  await get(`http://shop.example:${canary.port}/once`);
  expect(dials.dialled).toEqual(['127.0.0.1', '127.0.0.1']);
  expect(canary.connections()).toBe(2);
});
