import { SingleBar } from 'cli-progress';

/** How far the work is. */
export interface Progress {
  /** Where it is. */
  at(where: string): void;
  /** One more of all is done. */
  oneDone(): void;
}

/** Does the work beside a bar that shows how much of `total` is done. */
export async function withProgress<T>(total: number, work: (progress: Progress) => Promise<T>): Promise<T> {
  const bar = new SingleBar({ format: '{bar} {value}/{total}  {where}  {duration_formatted}', stream: process.stderr });
  bar.start(total, 0, { where: '' });
  try {
    return await work({ at: (where) => bar.update({ where }), oneDone: () => bar.increment() });
  } finally {
    bar.stop();
  }
}
