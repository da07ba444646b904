import pino from 'pino';
import { createRejectionLog, type Rejection } from '../../src/intake/rejections';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const wrongSecret: Rejection = {
  source: 'order-protection',
  brand: 'acme',
  reason: 'wrong-webhook-secret',
  remoteAddress: '192.0.2.7',
};

/** A log of rejections, and its lines. */
function logging() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null, timestamp: false },
    { write: (line) => void lines.push(JSON.parse(line) as object as Record<string, unknown>) },
  );
  return { lines, rejections: createRejectionLog(log) };
}

test('a line says which brand, source, reason and address, and nothing else', () => {
  const { lines, rejections } = logging();
  rejections.note(wrongSecret);
  expect(lines).toEqual([{ level: 40, ...wrongSecret, msg: 'webhook rejected' }]);
  rejections.stop();
});

test('of a flood five lines are written a minute, and then how many more there were', () => {
  const { lines, rejections } = logging();
  for (let n = 0; n < 1_000; n++) rejections.note(wrongSecret);
  expect(lines).toHaveLength(5);
  jest.advanceTimersByTime(60_000);
  const { remoteAddress: _, ...about } = wrongSecret;
  expect(lines.slice(5)).toEqual([{ level: 40, ...about, more: 995, msg: 'more webhooks were rejected' }]);
  rejections.note(wrongSecret);
  expect(lines).toHaveLength(7);
  rejections.stop();
  expect(lines).toHaveLength(7);
});

test('brands and reasons are counted apart', () => {
  const { lines, rejections } = logging();
  for (let n = 0; n < 10; n++)
    for (const brand of ['acme', 'bolt'])
      for (const reason of ['wrong-webhook-secret', 'not-json']) rejections.note({ ...wrongSecret, brand, reason });
  expect(lines).toHaveLength(20);
  rejections.stop();
  expect(lines).toHaveLength(24);
});

test('names that somebody makes up share one count, so that they fill neither the log nor the memory', () => {
  const { lines, rejections } = logging();
  for (let n = 0; n < 100; n++) rejections.note({ ...wrongSecret, brand: `try-${n}`, reason: 'unknown-brand' });
  expect(lines).toHaveLength(5);
  rejections.stop();
  expect(lines).toHaveLength(6);
});
