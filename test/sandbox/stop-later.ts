interface Stoppable {
  stop(): Promise<void>;
}

const started: Stoppable[] = [];

afterEach(async () => {
  for (const each of started.splice(0).reverse()) await each.stop();
});

/** Stops it after the test, however the test ends. */
export function stopLater<T extends Stoppable>(each: T): T {
  started.push(each);
  return each;
}
