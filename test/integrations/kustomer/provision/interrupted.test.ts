import { type Http } from '../../../../src/integrations/http';
import { PartnerError } from '../../../../src/integrations/partner-error';
import { withBareOrg, type BareOrg } from './bare-org';

/** What an org looks like from outside. */
async function stateOf(org: BareOrg) {
  const { body } = await org.call('GET', '/klasses');
  return {
    klasses: (body as { data: { attributes: { name: string; status: string } }[] }).data.map(
      ({ attributes: { name, status } }) => ({ name, status }),
    ),
    properties: await org.properties(),
    klaims: org.kustomer.klaims(),
    customers: org.kustomer.customers(),
  };
}

/** A process that dies once it has sent so many requests: the last one arrives, and nobody hears the answer. */
const dyingAfter =
  (requests: number) =>
  (door: Http): Http => {
    let sent = 0;
    return async (request) => {
      sent += 1;
      if (sent > requests) throw new DOMException('the process is gone', 'AbortError');
      const reply = await door(request);
      if (sent === requests) throw new DOMException('the process is gone', 'AbortError');
      return reply;
    };
  };

/** All the requests of one apply without a fault. */
async function requestsOfOne(): Promise<number> {
  let count = 0;
  const counting =
    (door: Http): Http =>
    (request) => {
      count += 1;
      return door(request);
    };
  await withBareOrg({ through: counting }, async (org) => void (await org.apply()));
  return count;
}

test('an apply that dies after any single request and is run again ends like one that never died, with nothing twice', async () => {
  const total = await requestsOfOne();
  expect(total).toBeGreaterThan(10);
  let undisturbed: unknown;
  await withBareOrg({}, async (org) => {
    await org.apply();
    undisturbed = await stateOf(org);
  });
  for (let died = 1; died <= total; died++) {
    let dead = true;
    const through = (door: Http): Http => {
      const dying = dyingAfter(died)(door);
      return (request) => (dead ? dying(request) : door(request));
    };
    await withBareOrg({ through }, async (org) => {
      await expect(org.apply()).rejects.toThrow('the process is gone');
      dead = false;
      const { plan } = await org.apply();
      expect(plan).toMatchObject({ status: 'ready', conflicts: [] });
      expect(await stateOf(org)).toEqual(undisturbed);
      const created = org.writes().filter((write) => write === 'POST /klasses');
      expect(created).toHaveLength(1);
      expect(mostKlaimsAtOnce(org)).toBe(1);
    });
  }
});

/** As many Klaims as there ever were at one time. */
function mostKlaimsAtOnce(org: BareOrg): number {
  let live = 0;
  return org.kustomer.writes().reduce((most, { what }) => {
    live += what === 'create' ? 1 : what === 'delete' ? -1 : 0;
    return Math.max(most, live);
  }, 0);
}

describe('a fault in the middle', () => {
  const WRITES = [
    ['POST', '/klasses$'],
    ['PUT', '/metadata/'],
    ['POST', '/klasses/klaim$'],
  ] as const;

  test.each(
    WRITES.flatMap(([method, path]) =>
      (['lostAnswer', 'status500AfterCommit'] as const).map((fault) => [method, path, fault] as const),
    ),
  )('%s %s was done and its answer is lost (%s): apply sees so and goes on', async (method, path, fault) => {
    await withBareOrg({}, async (org) => {
      org.kustomer.faults.add({ match: { method, path }, fault });
      expect((await org.apply()).plan.status).toBe('ready');
      expect(org.writes().filter((write) => write.startsWith(method) && new RegExp(path).test(write))).toHaveLength(1);
      expect(org.kustomer.klaims()).toEqual([]);
    });
  });

  test.each(WRITES)(
    '%s %s fails and was not done: apply fails as unavailable, and works when run again',
    async (method, path) => {
      await withBareOrg({}, async (org) => {
        org.kustomer.faults.add({ match: { method, path }, fault: { status: 503 } });
        await expect(org.apply()).rejects.toMatchObject({ kind: 'unavailable' });
        expect((await org.apply()).plan.status).toBe('ready');
      });
    },
  );

  test('a budget that is used up is told with the wait that Kustomer asks for', async () => {
    await withBareOrg({}, async (org) => {
      org.kustomer.faults.add({ match: { method: 'PUT', path: '/metadata/' }, fault: { status: 429 } });
      const error: unknown = await org.apply().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(PartnerError);
      expect(error).toMatchObject({ kind: 'rateLimited', retryAfterMs: expect.any(Number) });
    });
  });
});
