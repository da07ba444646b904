import { attentionOf } from '../../src/claims/attention';
import { later } from '../../src/claims/lane';
import { nextOf } from '../../src/claims/next';
import { extendDeadline, refusalToExtend } from '../../src/claims/operate';
import { commandSent, escalated } from '../../src/claims/outcome';
import { viewOf } from '../../src/claims/view';
import { NOW, REFUND, RESHIP } from './events';
import { answered, commandedClaim, RULING } from './operated';

const hours = (count: number): string => later(NOW, count * 3_600);
const until = (time: string) => ({ ...RULING, until: time });
const claim = commandedClaim();
const idOf = (index: number): string => claim.resolutions[index]?.id ?? '';
const sent = commandSent(claim, idOf(0), NOW);

test('the brand is escalated after the new deadline, and not before', () => {
  const extended = extendDeadline(sent, until(hours(100)), NOW);
  expect(viewOf(extended, NOW)).toMatchObject({ deadline: hours(100), resolutions: [{ dueAt: hours(100) }] });
  expect(attentionOf(extended, hours(99))).toBe('none');
  expect(nextOf('command', extended, hours(99))).toEqual({
    step: { do: 'remind', resolutionId: idOf(0), dueAt: hours(24) },
  });
  expect(attentionOf(extended, hours(100))).toBe('overdue');
  expect(nextOf('command', extended, hours(100))).toMatchObject({ step: { do: 'escalate', number: 1 } });
});

test('a reminder or an escalation that is tried again later tells the brand the same time', () => {
  const steps = (now: string): unknown[] =>
    [nextOf('command', sent, now)].map((next) => next && 'step' in next && next.step);
  expect(steps(hours(25))).toEqual(steps(hours(30)));
  expect(steps(hours(72))).toMatchObject([{ do: 'escalate', dueAt: hours(72) }]);
  expect(steps(hours(72))).toEqual(steps(hours(80)));
});

test('a claim that was escalated is no longer overdue, and is escalated once more after the new deadline', () => {
  const overdue = escalated(sent, [idOf(0)], hours(72));
  expect(attentionOf(overdue, hours(72))).toBe('overdue');
  const extended = extendDeadline(overdue, until(hours(100)), hours(73));
  expect(attentionOf(extended, hours(73))).toBe('none');
  expect(nextOf('command', extended, hours(100))).toMatchObject({ step: { do: 'escalate', number: 2 } });
});

test('a time is given in any zone, and a deadline that is further away stays', () => {
  const both = commandedClaim([REFUND, RESHIP]);
  const [first] = both.resolutions;
  const further = {
    ...both,
    resolutions: both.resolutions.map((one) => (one === first ? { ...one, dueAt: hours(200) } : one)),
  };
  const extended = extendDeadline(further, until('2026-03-14T14:00:00+02:00'), NOW);
  expect(extended.resolutions.map(({ dueAt }) => dueAt)).toEqual([hours(200), '2026-03-14T12:00:00.000Z']);
});

test.each([
  ['nothing waits for the brand', answered(sent), hours(100), 'the brand owes this claim no answer'],
  ['it is no time', sent, 'tomorrow', 'until must be a time such as "2026-03-09T12:00:00Z"'],
  ['it is in the past', sent, hours(-1), `until is in the past: it is ${NOW}`],
  ['it is out of sight', sent, hours(24 * 366), 'until must be within a year'],
  ['it would shorten it', sent, hours(71), `the brand has until ${hours(72)} already`],
])('it is refused when %s', (_why, state, time, refusal) => {
  expect(refusalToExtend(state, until(time), NOW)).toBe(refusal);
});
