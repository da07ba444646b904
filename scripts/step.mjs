// One line per step of the set-up: what is done and how long it took.
import { spawn } from 'node:child_process';
import path from 'node:path';

/** A step that failed. The message is complete: what failed, what to do. */
export class StepFailed extends Error {}

/** The time since `since` (milliseconds), for people. */
export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs `work` under one line of output that ends with the elapsed time.
 * On a terminal the time ticks, so that a long download is seen to be alive.
 */
export async function step(title, work) {
  const since = Date.now();
  const live = process.stdout.isTTY === true;
  process.stdout.write(`${title} … `);
  const ticker = live ? setInterval(() => process.stdout.write(`\r${title} … ${seconds(since)} `), 1000) : undefined;
  try {
    await work();
    process.stdout.write(`${live ? `\r${title} … ` : ''}${seconds(since)}\n`);
  } catch (error) {
    process.stdout.write(`failed after ${seconds(since)}\n`);
    throw error;
  } finally {
    clearInterval(ticker);
  }
}

/**
 * Runs a command. Its output is shown as it comes with `show`, else only if it fails.
 * Rejects with StepFailed, whose message ends with `remedy`.
 */
export function run(command, args, { show = false, remedy = '' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    // ctrl-C reaches the child by itself: wait for it. A SIGTERM reaches only us: hand it on.
    const wait = () => undefined;
    const handOn = (signal) => child.kill(signal);
    process.on('SIGINT', wait).on('SIGTERM', handOn);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait).off('SIGTERM', handOn);
      if (code === 0) return resolve();
      const name = path.basename(command === process.execPath ? args.find((arg) => !arg.startsWith('--')) : command);
      const end = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
      const parts = [Buffer.concat(output).toString().trimEnd(), `${name} ${end}.`, remedy];
      reject(new StepFailed(parts.filter((part) => part !== '').join('\n\n')));
    });
  });
}

/** Runs `main`. A failed step ends the process with exit code 1 and its message, without a stack. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`\n${error instanceof StepFailed ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
