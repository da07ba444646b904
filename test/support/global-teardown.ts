import { once } from 'node:events';
import { marked } from './marked-processes.cjs';

const GONE_WITHIN_MS = 10_000;

/** Stops what the global set-up started, and fails the run when a test has left a process behind. */
export default async function tearDown(): Promise<void> {
  const { mark, reaper, temporal } = globalThis.testRun;
  await temporal.kill(); // It keeps nothing: no need to wait for a graceful end.
  const deadline = Date.now() + GONE_WITHIN_MS;
  let left = marked(mark);
  while (left.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    left = marked(mark);
  }
  reaper.stdin?.end(); // It ends what is left, then itself.
  await once(reaper, 'exit');
  if (left.length > 0) {
    const lines = left.map(({ pid, command }) => `  ${pid} ${command}`);
    throw new Error(`These processes were still running after the last test:\n${lines.join('\n')}`);
  }
}
