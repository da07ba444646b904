import { judgeAnswer, readCompletion, type Answer } from '../../src/claims/answer';

const refund = { kind: 'refund', amount: { amount: '28.62', currency: 'USD' } };
const reship = { kind: 'reship', amount: null };
const refunded = (amount: string, currency = 'USD', refundId?: string): Answer => ({
  outcome: 'refunded',
  amount,
  currency,
  ...(refundId === undefined ? {} : { refundId }),
});
const reshipped: Answer = { outcome: 'reshipped', reshipOrderId: 'BR-20901' };
const declined: Answer = { outcome: 'declined', reason: 'out of stock' };

test.each<[string, typeof refund | typeof reship, Answer | null, Answer, object]>([
  ['the approved money is accepted', refund, null, refunded('28.62'), { verdict: 'applied' }],
  ['less money is accepted', refund, null, refunded('20'), { verdict: 'applied' }],
  ['more money is refused', refund, null, refunded('28.63'), { verdict: 'refused', reason: 'moreMoney' }],
  ['another currency is refused', refund, null, refunded('1', 'EUR'), { verdict: 'refused', reason: 'otherCurrency' }],
  ['a reship for a refund is refused', refund, null, reshipped, { verdict: 'refused', reason: 'otherKind' }],
  ['a refund for a reship is refused', reship, null, refunded('1'), { verdict: 'refused', reason: 'otherKind' }],
  ['a reship order is accepted', reship, null, reshipped, { verdict: 'applied' }],
  ['declining is always accepted', reship, null, declined, { verdict: 'applied' }],
  ['a repeat by value is a duplicate', refund, refunded('28.6'), refunded('28.60'), { verdict: 'duplicate' }],
  [
    'another refund id is another answer',
    refund,
    refunded('1', 'USD', 'rf_1'),
    refunded('1', 'USD', 'rf_2'),
    { verdict: 'refused', reason: 'alreadyAnswered' },
  ],
  [
    'declining after an answer is refused',
    refund,
    refunded('1'),
    declined,
    { verdict: 'refused', reason: 'alreadyAnswered' },
  ],
])('%s', (_sentence, terms, accepted, answer, expected) => {
  expect(judgeAnswer(terms, accepted, answer)).toMatchObject(expected);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no resolution', { outcome: 'declined', reason: 'x' }],
  ['no outcome', { resolutionId: 'res_1' }],
  ['a number for an amount', { resolutionId: 'res_1', outcome: 'refunded', amount: 28.62, currency: 'USD' }],
  ['negative money', { resolutionId: 'res_1', outcome: 'refunded', amount: '-1', currency: 'USD' }],
  ['a reship without its order', { resolutionId: 'res_1', outcome: 'reshipped' }],
])('%s is no completion', (_what, value) => {
  expect(readCompletion(value)).toBeNull();
});
