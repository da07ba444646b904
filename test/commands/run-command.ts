import { type Command } from 'commander';

/** What a command printed, and the exit code it asked for. */
export interface Ran {
  out: string;
  exitCode: number;
}

/** Runs a command of the command line in this process. Rejects with what it throws; what it refuses of its arguments has exit code 1. */
export async function runCommand(command: Command, ...args: string[]): Promise<Ran> {
  const said: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  for (const one of [command, ...command.commands])
    one.exitOverride().configureOutput({ writeErr: (text) => void said.push(text) });
  process.exitCode = 0;
  try {
    await command.parseAsync(args, { from: 'user' });
    return { out: said.join(''), exitCode: Number(process.exitCode) };
  } catch (error) {
    if ((error as { code?: string }).code?.startsWith('commander.') !== true) throw error;
    return { out: said.join(''), exitCode: (error as { exitCode: number }).exitCode };
  } finally {
    write.mockRestore();
    process.exitCode = 0;
  }
}
