import { readFileSync, renameSync } from 'node:fs';
import { diedBy, type KillPoint } from '../plan/kill-points';

/** Dies here and now, by SIGKILL, when the kill file names this point. Whoever calls is in the middle of something. */
export function dieIfAt(killFile: string, point: KillPoint): void {
  if (wanted(killFile) !== point) return;
  renameSync(killFile, diedBy(killFile));
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing more may be done.
  for (;;);
}

function wanted(killFile: string): string | null {
  try {
    return readFileSync(killFile, 'utf8');
  } catch {
    return null; // Nobody wants this process to die at a named point.
  }
}
