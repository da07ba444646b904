import { loadConfig } from '../src/config';
import { createJudge } from '../src/integrations/egress/judge';

const env = {
  CLAIMKEEPER_MASTER_KEYS: Buffer.alloc(32, 1).toString('base64'),
  CLAIMKEEPER_ADMIN_TOKEN: 'admin-token-of-the-environment',
  CLAIMKEEPER_PUBLIC_URL: 'https://claims.example',
};

test.each([undefined, '', ' ', ','])(
  'nothing but public addresses is allowed by CLAIMKEEPER_EGRESS_ALLOW=%p',
  (allow) => {
    const given = allow === undefined ? env : { ...env, CLAIMKEEPER_EGRESS_ALLOW: allow };
    expect(loadConfig(given).egressAllow).toEqual([]);
  },
);

test('ranges that may be dialled are comma-separated', () => {
  const { egressAllow } = loadConfig({ ...env, CLAIMKEEPER_EGRESS_ALLOW: '10.1.0.0/16, fd12::/16 ,127.0.0.1' });
  const judge = createJudge(egressAllow);
  for (const address of ['10.1.2.3', 'fd12::1', '127.0.0.1'])
    expect([address, judge(address)]).toEqual([address, null]);
  for (const address of ['10.2.0.1', 'fd13::1', '127.0.0.2']) expect(judge(address)).not.toBeNull();
});

test('a range that takes in everything, and one that is none, are refused at start with all other faults of the environment', () => {
  const start = () => loadConfig({ CLAIMKEEPER_EGRESS_ALLOW: '10.0.0.0/8,0.0.0.0/0,::/0,lan', PORT: 'x' });
  for (const fault of [
    /^ {2}CLAIMKEEPER_EGRESS_ALLOW: "0\.0\.0\.0\/0" is not within one of .*: public addresses need no permission/m,
    /^ {2}CLAIMKEEPER_EGRESS_ALLOW: "::\/0" is not within one of /m,
    /^ {2}CLAIMKEEPER_EGRESS_ALLOW: "lan" is no address range such as /m,
    /^ {2}CLAIMKEEPER_MASTER_KEYS: is required/m,
    /^ {2}PORT: must be a number/m,
  ])
    expect(start).toThrow(fault);
  expect(start).not.toThrow(/"10\.0/);
});

test('a token of the environment that no header can carry is refused at start', () => {
  const load = (token: string) => () => loadConfig({ ...env, CLAIMKEEPER_ADMIN_TOKEN: token });
  expect(load('correct horse battery staple')).toThrow(/CLAIMKEEPER_ADMIN_TOKEN: must be printable ASCII/);
  expect(load('correct-horse-battery-staple')).not.toThrow();
});

test('the proxies that are trusted are addresses or ranges, and never everybody', () => {
  const load = (proxies: string) => loadConfig({ ...env, CLAIMKEEPER_TRUSTED_PROXIES: proxies });
  expect(loadConfig(env).trustedProxies).toEqual([]);
  expect(load('10.0.0.0/8, fd12::/16 ,192.0.2.1').trustedProxies).toEqual(['10.0.0.0/8', 'fd12::/16', '192.0.2.1']);
  for (const proxies of ['0.0.0.0/0', '10.0.0.0/8,::/0', 'proxy.example', 'true'])
    expect(() => load(proxies)).toThrow(/^ {2}CLAIMKEEPER_TRUSTED_PROXIES: must be addresses or ranges/m);
});
