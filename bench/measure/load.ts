import { build, type Histogram } from 'hdr-histogram-js';

/** How calls went that were made by several callers, each of whom waits for an answer before the next call. */
export interface Load {
  /** Calls per second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

interface Plan {
  callers: number;
  calls: number;
  /** Makes call number `n`, from 0. What it throws ends the load: a rate with failures in it is none. */
  call(n: number): Promise<void>;
}

/** Until this part of the calls has ended nothing is counted: connections are made, code is compiled. */
export const WARM_UP = 0.1;

export async function load({ callers, calls, call }: Plan): Promise<Load> {
  const warmUp = Math.floor(calls * WARM_UP);
  const histogram = microseconds();
  let [next, ended, since] = [0, 0, performance.now()];
  const work = async (): Promise<void> => {
    for (let n = next++; n < calls; n = next++) {
      const began = performance.now();
      await call(n);
      ended += 1;
      if (ended === warmUp) since = performance.now();
      if (ended > warmUp) histogram.recordValue(Math.round((performance.now() - began) * 1_000));
    }
  };
  await Promise.all(Array.from({ length: callers }, work));
  const seconds = (performance.now() - since) / 1_000;
  return { rate: (calls - warmUp) / seconds, ...percentiles(histogram) };
}

/** Median and 99th percentile of times in milliseconds. */
export function percentilesOf(milliseconds: readonly number[]): { p50: number; p99: number } {
  const histogram = microseconds();
  for (const time of milliseconds) histogram.recordValue(Math.round(time * 1_000));
  return percentiles(histogram);
}

const microseconds = (): Histogram => build({ numberOfSignificantValueDigits: 3 });

const percentiles = (histogram: Histogram) => ({
  p50: histogram.getValueAtPercentile(50) / 1_000,
  p99: histogram.getValueAtPercentile(99) / 1_000,
});
