import fc from 'fast-check';
import { readAllowed } from '../../../src/integrations/egress/allowed';
import { createJudge } from '../../../src/integrations/egress/judge';
import { allowing } from '../../support/loopback-http';
import { startCanary, type Canary } from './canary';
import { openDoor } from './door';

let canary: Canary;
beforeAll(async () => {
  canary = await startCanary();
});
afterAll(() => canary.close());

describe('an allowed range', () => {
  test.each([
    ['its range', '127.0.0.0/8', 'http://127.0.0.1'],
    ['itself alone', '127.0.0.1', 'http://127.0.0.1'],
    ['one of several ranges', '10.0.0.0/8,127.0.0.0/24', 'http://127.0.0.1'],
    ['its range, written in another form', '127.0.0.0/8', 'http://0x7f.1'],
    ['its range, mapped', '127.0.0.0/8', 'http://[::ffff:127.0.0.1]'],
    ['its range, as a name', '127.0.0.0/8', 'http://shop.example'],
  ])('lets an address be dialled by %s', async (_, allow, origin) => {
    const { get } = openDoor({ allow, names: { 'shop.example': [['127.0.0.1']] } });
    await expect(get(`${origin}:${canary.port}/once`)).resolves.toMatchObject({ status: 200, body: 'reached' });
  });

  test.each([
    ['a neighbour', '127.0.0.2/32', '127.0.0.1'],
    ['the other family', '127.0.0.0/8', '::1'],
    ['the other family, the other way', '::1/128', '127.0.0.1'],
    ['another network', '10.0.0.0/8,192.168.0.0/16,fd00::/8', '172.16.0.1'],
    ['metadata of its range', '169.254.0.0/16', '169.254.169.254'],
    ['metadata of a network of pods', '100.64.0.0/10', '100.100.100.200'],
    ['metadata of a range but one address', '169.254.169.254/31', '169.254.169.254'],
    ['metadata of IPv6', 'fd00::/8', 'fd00:ec2::254'],
  ])('does not let in %s', (_, allow, address) => {
    expect(createJudge(allowing(allow))(address)).not.toBeNull();
  });

  test('lets a metadata address be dialled when it is named alone', () => {
    const judge = createJudge(allowing('169.254.169.254,fd00:ec2::254/128,168.63.129.16'));
    for (const address of ['169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', '168.63.129.16'])
      expect([address, judge(address)]).toEqual([address, null]);
    expect(judge('169.254.170.2')).toBe('metadata');
  });
});

test.each([
  ['everything', '0.0.0.0/0'],
  ['everything of IPv6', '::/0'],
  ['half of everything', '0.0.0.0/1'],
  ['the other half', '128.0.0.0/1'],
  ['all of IPv6 that is public', '2000::/3'],
  ['all of IPv4, mapped', '::ffff:0:0/96'],
  ['all of IPv4, translated', '64:ff9b::/96'],
  ['all of IPv4, by 6to4', '2002::/16'],
  ['a private network and more', '10.0.0.0/7'],
  ['a private network and more', '172.16.0.0/11'],
  ['a private network and more', '192.0.0.0/8'],
  ['unique local and more', 'fc00::/6'],
  ['this host', '0.0.0.0/8'],
  ['public addresses', '8.8.8.0/24'],
  ['one public address', '8.8.8.8'],
  ['multicast', '224.0.0.0/4'],
])('a range of %s, %s, cannot be allowed', (_, range) => {
  expect(readAllowed(range)).toEqual({ fault: expect.stringContaining('is not within one of 10.0.0.0/8, ') });
});

test.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '/8', 'fd00::/129', 'localhost', 'shop.example/8', '*', 'all'])(
  '"%s" is no range',
  (text) => {
    expect(readAllowed(text)).toEqual({ fault: expect.stringContaining(`"${text}" is no address range`) });
  },
);

test('an IPv4 address is let through when it is public or within a range that could be allowed, and only then', () => {
  const octet = fc.nat(255).map(String);
  const first = fc.oneof(octet, fc.constantFrom('10', '127', '172.16', '192.168', '100.64', '169.254'));
  const address = fc.tuple(first, octet, octet, octet).map((parts) => parts.join('.').split('.').slice(0, 4).join('.'));
  const range = fc.tuple(address, fc.nat(32)).map(([base, bits]) => ({ base, bits, text: `${base}/${bits}` }));
  const nothingAllowed = createJudge([]);
  fc.assert(
    fc.property(fc.array(range), address, (ranges, asked) => {
      const kind = nothingAllowed(asked);
      fc.pre(kind !== 'metadata');
      const read = ranges.map((one) => ({ ...one, allowed: readAllowed(one.text) }));
      const judge = createJudge(read.flatMap(({ allowed }) => (Array.isArray(allowed) ? [allowed] : [])));
      const isCovered = read.some(({ base, bits, allowed }) => Array.isArray(allowed) && sameBits(base, asked, bits));
      expect(judge(asked)).toBe(isCovered ? null : kind);
    }),
    { numRuns: 500 },
  );
});

/** Whether two addresses have the same leading bits, by arithmetic of its own. */
function sameBits(one: string, other: string, bits: number): boolean {
  const number = (text: string): bigint => text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  return number(one) >> BigInt(32 - bits) === number(other) >> BigInt(32 - bits);
}
