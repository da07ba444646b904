import { DEMO, makeKlass } from '../../sandbox/onboard';
import { type Stack } from './stack';

/** Puts the demo brand once more with this mapping, and has its Klass follow. */
export async function putMapping(stack: Stack, mapping: object): Promise<void> {
  const { secrets, addresses } = stack;
  const kustomer = { org: DEMO.org, apiKey: secrets.kustomerKey, baseUrl: addresses.kustomer };
  await stack.onboard({ kustomer: { ...kustomer, requestsPerMinute: 6_000, mapping } });
  await makeKlass(addresses);
}
