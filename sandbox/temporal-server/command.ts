import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Larger than any executable that is fetched (150 MB). */
const MAX_OUTPUT_BYTES = 1024 ** 3;

/** Runs a command and gives what it printed. Rejects with what it said on standard error when it fails or takes too long. */
export async function outputOf(
  command: string,
  args: readonly string[],
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<Buffer> {
  const options = {
    env,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
    encoding: 'buffer',
  } as const;
  try {
    return (await promisify(execFile)(command, args, options)).stdout;
  } catch (error) {
    throw new Error(reasonOf(command, error as Failure), { cause: error });
  }
}

interface Failure {
  message: string;
  code?: string | number;
  killed?: boolean;
  stderr?: Buffer;
}

function reasonOf(command: string, { message, code, killed, stderr }: Failure): string {
  if (code === 'ENOENT') return `${command} is not installed`;
  if (killed) return `${command} took too long`;
  return stderr?.toString().trim().split('\n').at(-1) || message;
}
