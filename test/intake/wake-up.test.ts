import { createWakeUp } from '../../src/intake/wake-up';

const HOUR = 3_600_000;

test('a call ends the sleep at once', async () => {
  const wakeUp = createWakeUp();
  const asleep = wakeUp.sleep(HOUR);
  wakeUp.now();
  await asleep;
});

test('a call that comes before the sleep is not lost, and ends one sleep only', async () => {
  const wakeUp = createWakeUp();
  wakeUp.now();
  await wakeUp.sleep(HOUR);
  const next = wakeUp.sleep(HOUR);
  const first = await Promise.race([
    next.then(() => 'woke'),
    new Promise((resolve) => setImmediate(() => resolve('asleep'))),
  ]);
  expect(first).toBe('asleep');
  wakeUp.now();
  await next;
});

test('an earlier time that is set during the sleep or before it cuts the sleep short', async () => {
  const wakeUp = createWakeUp();
  wakeUp.within(5);
  await wakeUp.sleep(HOUR);
  const asleep = wakeUp.sleep(HOUR);
  wakeUp.within(5);
  await asleep;
});

test('a sleep ends by itself', async () => {
  await createWakeUp().sleep(5);
});
