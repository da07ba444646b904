import { type Lease } from '../../../../src/integrations/kustomer/client';
import { type Time } from './time';

/** The lease as the store gives it, by a time of the test's own: a holder that dies loses it after some seconds. */
export function leaseIn(time: Time): Lease {
  const holders = new Map<string, symbol>();
  return async (key, seconds, work, signal) => {
    while (holders.has(key)) await time.clock.sleep(1_000, signal);
    const self = Symbol(key);
    holders.set(key, self);
    const free = (): void => {
      if (holders.get(key) === self) holders.delete(key);
    };
    const cancel = time.after(seconds * 1_000, free);
    try {
      return await work();
    } finally {
      cancel();
      free();
    }
  };
}
