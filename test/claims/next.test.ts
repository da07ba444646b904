import { commitReady } from '../../src/claims/commit';
import { hear } from '../../src/claims/hear';
import { LANES } from '../../src/claims/lane';
import { completesAt, nextOf, wakeAt } from '../../src/claims/next';
import { commandSent, failed, keyWorks, klaimSynced } from '../../src/claims/outcome';
import { retrySync } from '../../src/claims/operate';
import { readBack } from '../../src/claims/read-back';
import { type ClaimState } from '../../src/claims/state';
import { aClaim, anEvent, aReading, NOW } from './events';

const OPEN = aReading({ status: 'open', resolutions: [] });
const filed = hear(aClaim(), anEvent('created', 'a'), [], NOW);
const known = readBack(filed, OPEN, filed.unread, NOW);
const steps = (state: ClaimState, now = NOW): Record<string, string> =>
  Object.fromEntries(
    LANES.flatMap((lane) => {
      const next = nextOf(lane, state, now);
      return next === null ? [] : [[lane, 'step' in next ? next.step.do : `at ${next.at}`]];
    }),
  );
const synced = (state: ClaimState): ClaimState => {
  const next = nextOf('klaim', state, NOW);
  if (next === null || !('step' in next) || next.step.do !== 'syncKlaim') throw new Error('no Klaim is due');
  return klaimSynced(
    state,
    { klaimId: 'k', customerId: 'c', matchedBy: 'email', mappingVersion: 1 },
    next.step.digest,
    NOW,
  );
};

describe('what a lane does next', () => {
  test('a claim that was filed is read before its Klaim is written', () => {
    expect(steps(filed)).toEqual({ source: 'readClaim' });
    expect(steps(known)).toEqual({ klaim: 'syncKlaim' });
    expect(steps(synced(known))).toEqual({});
  });

  test('nothing is written when nothing that Kustomer shows has changed', () => {
    const again = hear(synced(known), anEvent('updated', 'b'), [], NOW);
    expect(steps(readBack(again, OPEN, again.unread, NOW))).toEqual({});
  });

  test('the Klaim does not wait for a source that does not answer', () => {
    const news = hear(synced(known), anEvent('message', 'b', { claim: { messages: [{ text: 'Hello' }] } }), [], NOW);
    const down = failed(news, 'source', { kind: 'unavailable', message: 'down' }, NOW);
    expect(steps(down)).toEqual({ source: 'at 2026-03-10T12:01:00.000Z', klaim: 'syncKlaim' });
  });

  test('a claim without e-mail is read again and again, and no Klaim is attached to a guess', () => {
    const nameless = readBack(
      filed,
      aReading({ status: 'open', resolutions: [], customer: { phone: '+13125550142' } }),
      filed.unread,
      NOW,
    );
    expect(steps(nameless)).toEqual({ source: 'at 2026-03-10T12:00:02.000Z' });
  });

  test('a command that is out is followed by a reminder, then by one escalation', () => {
    const approved = hear(
      synced(known),
      anEvent('approved', 'b', { claim: { resolutions: aReading().resolutions } }),
      [],
      NOW,
    );
    const commanded = commitReady(readBack(approved, aReading(), approved.unread, NOW), NOW);
    expect(steps(commanded)).toMatchObject({ command: 'sendCommand' });
    const sent = commandSent(commanded, commanded.resolutions[0]?.id ?? '', NOW);
    expect(steps(sent)).toMatchObject({ command: 'at 2026-03-11T12:00:00.000Z' });
    expect(steps(sent, '2026-03-11T12:00:00.000Z')).toMatchObject({ command: 'remind' });
    expect(steps(sent, '2026-03-13T12:00:00.000Z')).toMatchObject({ command: 'escalate' });
  });
});

describe('a lane that failed', () => {
  const unreachable = { kind: 'unavailable', message: 'kustomer: no answer' } as const;

  test.each([
    ['up to an hour', unreachable, [1, 2, 4, 8, 16, 32, 60, 60]],
    ['up to five minutes where it waits for its turn', { kind: 'rateLimited', message: 'busy' }, [1, 2, 4, 5, 5, 5]],
  ] as const)('waits a minute, then twice as long each time, %s', (_bound, failure, expected) => {
    let state = known;
    const waits = expected.map(() => {
      state = failed(state, 'klaim', failure, NOW);
      return (Date.parse(state.lanes.klaim.retryAt ?? '') - Date.parse(NOW)) / 60_000;
    });
    expect(waits).toEqual(expected);
  });

  test('tries at once at the next event, and by an operator', () => {
    const state = failed(synced(known), 'klaim', unreachable, NOW);
    expect(steps(hear(state, anEvent('updated', 'b'), [], NOW))).toEqual({ source: 'readClaim' });
    expect(steps(retrySync(state, { actor: 'ops', reason: 'fixed' }, NOW))).toMatchObject({ source: 'readClaim' });
  });

  test('for a key tries at once when there is one that works', () => {
    const refused = failed(known, 'klaim', { kind: 'credentials', message: 'refused' }, NOW);
    expect(steps(keyWorks(refused))).toEqual({ klaim: 'syncKlaim' });
    expect(keyWorks(failed(known, 'klaim', unreachable, NOW)).lanes.klaim.retryAt).not.toBeNull();
  });

  test('tells the same reason once in the timeline', () => {
    const state = failed(failed(known, 'klaim', unreachable, NOW), 'klaim', unreachable, NOW);
    expect(state.timeline.filter(({ what }) => what.includes('no answer'))).toHaveLength(1);
  });
});

describe('a claim at rest', () => {
  const denial = hear(synced(known), anEvent('denied', 'b', { occurredAt: '2026-03-03T00:00:00Z' }), [], NOW);
  const denied = synced(readBack(denial, aReading({ status: 'denied', resolutions: [] }), denial.unread, NOW));

  test('completes after the quiet period', () => {
    expect(completesAt(denied, NOW)).toBe('2026-03-11T12:00:00.000Z');
    expect(wakeAt(denied, NOW)).toBe('2026-03-11T12:00:00.000Z');
  });

  test('stays while its Klaim is not up to date', () => {
    expect(completesAt(failed(denial, 'klaim', { kind: 'unavailable', message: 'down' }, NOW), NOW)).toBeNull();
  });

  test('an open claim never completes by itself', () => {
    expect(completesAt(synced(known), NOW)).toBeNull();
  });
});
