import { DatabaseUnavailable } from './errors';
import { plainError } from './plain-errors';

/** What one batch may hold. One input goes through whatever it weighs. */
export interface BatchLimits<In> {
  inputs: number;
  weight: number;
  weigh(input: In): number;
}

interface Caller<In, Out> {
  input: In;
  resolve(outcome: Out): void;
  reject(error: unknown): void;
}

/**
 * Group commit: a call goes at once when nothing is under way, and those that come meanwhile go together as the next batch, so
 * that many share one statement and one write to disk. `together` gives the outcomes in the order of its inputs, and each caller
 * is answered only after its own batch has ended. When a batch is refused each of it is tried alone, so that one input
 * that the database does not take stands in for itself; when the database is down it fails, and with it whoever waits, because trying on would only hold
 * the callers up.
 */
export function inBatches<In, Out>(
  together: (inputs: readonly In[]) => Promise<readonly Out[]>,
  limits: BatchLimits<In>,
): (input: In) => Promise<Out> {
  const waiting: Caller<In, Out>[] = [];
  let isUnderWay = false;

  async function work(): Promise<void> {
    isUnderWay = true;
    while (waiting.length > 0) await settle(waiting.splice(0, sizeOfNext()));
    isUnderWay = false;
  }

  function sizeOfNext(): number {
    let weight = 0;
    const tooMuch = waiting.findIndex(({ input }, index) => {
      weight += limits.weigh(input);
      return index === limits.inputs || (index > 0 && weight > limits.weight);
    });
    return tooMuch === -1 ? waiting.length : tooMuch;
  }

  async function settle(batch: readonly Caller<In, Out>[]): Promise<void> {
    try {
      const outcomes = await together(batch.map(({ input }) => input));
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Out));
    } catch (error) {
      const isDown = plainError(error) instanceof DatabaseUnavailable;
      if (batch.length > 1 && !isDown) await Promise.all(batch.map((one) => settle([one])));
      else for (const { reject } of [...batch, ...(isDown ? waiting.splice(0) : [])]) reject(error);
    }
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      if (!isUnderWay) void work();
    });
}
