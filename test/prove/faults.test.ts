import { check } from '../../prove/checker/check';
import { type Records } from '../../prove/checker/records';
import { FAULTS, type FaultName, type Promised } from '../../prove/plan/faults';
import { prove, type Verdict } from '../../prove/run/prove';
import { ownPostgresServer } from '../support/databases';

/** A plan in which every story comes, and a brand that races itself. */
const PLAN = { claims: 6, seed: 3 };
const WITHIN_MS = 500_000;

const names = Object.keys(FAULTS) as FaultName[];
const verdicts = new Map<FaultName | null, Verdict>();

/** All at once: most of the time each waits for retries. */
beforeAll(async () => {
  const postgres = await ownPostgresServer();
  const run = async (fault: FaultName | null): Promise<void> => {
    const verdict = await prove({
      ...PLAN,
      fault,
      // A fault that shows without an outage needs none.
      chaos: fault === null || FAULTS[fault] === 'P6' ? 'outages' : 'none',
      minutes: 0,
      // With its fault every call stands still: waiting longer for one shows nothing more.
      ...(fault === 'global-pause' ? { outageMs: 30_000 } : {}),
      settleSeconds: fault === null ? 240 : 25,
      ...(postgres === null ? {} : { postgres }),
      report: () => undefined,
      progress: () => undefined,
    });
    verdicts.set(fault, verdict);
  };
  // All come to their end, whatever becomes of one, so that nothing outlives the test.
  const runs = await Promise.allSettled([null, ...names].map(run));
  const failed = runs.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}, WITHIN_MS);

const verdictOf = (fault: FaultName | null): Verdict => {
  const verdict = verdicts.get(fault);
  if (verdict === undefined) throw new Error(`no run with ${fault}`);
  return verdict;
};
const brokenIn = ({ proofs }: Pick<Verdict, 'proofs'>): Promised[] =>
  proofs.filter(({ violations }) => violations.length > 0).map(({ id }) => id);

test('the product as it is proves every promise', () => {
  const { proofs, isProven } = verdictOf(null);
  expect(proofs.flatMap(({ violations }) => violations)).toEqual([]);
  expect(proofs.map(({ count }) => count > 0)).toEqual([true, true, true, true, true, true]);
  expect(isProven).toBe(true);
});

test.each(names)('with the fault %s the promise that it breaks is not proven', (fault) => {
  const verdict = verdictOf(fault);
  expect(brokenIn(verdict)).toContain(FAULTS[fault]);
  expect(verdict.isProven).toBe(false);
});

describe('the checker notices what it would never see otherwise', () => {
  /** What is wrong when the records of the good run are changed. */
  const brokenBy = (change: (records: Records) => void): Promised[] => {
    const records = structuredClone(verdictOf(null).records);
    change(records);
    return brokenIn({ proofs: check(records, []) });
  };

  test('nothing changed, nothing broken', () => {
    expect(brokenBy(() => undefined)).toEqual([]);
  });
  test('a webhook that was never answered', () => {
    expect(brokenBy(({ webhooks: [first] }) => first && (first.state = 'givenUp'))).toEqual(['P1']);
  });
  test('a Klaim that is there twice', () => {
    expect(brokenBy(({ klaims }) => klaims.push({ ...klaims[0]!, id: 'another' }))).toEqual(['P2']);
  });
  test('a Klaim that lacks a message', () => {
    expect(
      brokenBy(({ claims, klaims }) => {
        const talked = claims.find(({ messages }) => messages.length > 0);
        const klaim = klaims.find(({ externalId }) => externalId === talked?.id);
        if (klaim !== undefined) klaim.custom['messageSummaryTxt'] = '';
      }),
    ).toEqual(['P1', 'P2']);
  });
  test('a repeat of a command with other bytes', () => {
    expect(brokenBy(({ commands }) => commands.push({ ...commands[0]!, raw: 'others' }))).toEqual(['P3']);
  });
  test('an act that is done twice', () => {
    expect(brokenBy(({ acts }) => acts.push(acts.find(({ claimId }) => claimId !== null)!))).toEqual(['P3']);
  });
  test('a command for more than was approved', () => {
    expect(
      brokenBy(({ commands }) => {
        for (const { body } of commands)
          if (body?.type === 'resolution.requested' && body.data.amount !== null) body.data.amount.amount = '99.99';
      }),
    ).toEqual(['P4']);
  });
  test('a second answer that is accepted', () => {
    expect(
      brokenBy(({ callbacks }) => {
        const refused = callbacks.find(({ state }) => state === 'refused');
        if (refused !== undefined) refused.state = 'accepted';
      }),
    ).toEqual(['P5']);
  });
  test('a partner whose outage the others waited for', () => {
    expect(brokenBy(({ outages: [first] }) => first && (first.until = first.from))).toEqual(['P6']);
  });
});
