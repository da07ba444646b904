/** One thing that was measured in every round. */
export interface Figure {
  median: number;
  /** Half the distance between the smallest and the largest: what another run may well differ by. */
  spread: number;
  values: readonly number[];
}

/** @throws on no values: what was not measured has no figure. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const [smallest, largest] = [sorted[0], sorted.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error('a figure needs at least one value');
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return { median: ((lower ?? smallest) + (upper ?? largest)) / 2, spread: (largest - smallest) / 2, values };
}
