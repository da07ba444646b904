import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One timer for the nearest of all times. It is set anew only when an earlier time appears: each timer is two events of the history. */
export interface Alarm {
  setFor(time: string): void;
}

/** An alarm that calls `ring` when its time has come. A ring that comes too early does no harm: the loop just looks again. */
export function createAlarm(ring: () => void): Alarm {
  let current: { time: string; scope: CancellationScope } | null = null;
  return {
    setFor(time) {
      if (current !== null && current.time <= time) return;
      current?.scope.cancel();
      const scope = new CancellationScope();
      const mine = { time, scope };
      current = mine;
      const rung = async (): Promise<void> => {
        try {
          await scope.run(() => sleep(Math.max(1, Date.parse(time) - Date.now()), { summary: `wake at ${time}` }));
          if (current === mine) current = null;
          ring();
        } catch (error) {
          if (!isCancellation(error)) throw error;
        }
      };
      void rung();
    },
  };
}
