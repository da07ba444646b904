import { Command, InvalidArgumentError } from 'commander';
import { type AuditHead, type AuditLine, type AuditReport } from '../store/audit';
import { print, printJson, printTable } from './print';
import { withStore } from './with-store';

/** `claimkeeper audit`: reads and checks the audit log. */
export function auditCommand(env: NodeJS.ProcessEnv): Command {
  const audit = new Command('audit').description('read and check the audit log');

  audit
    .command('verify')
    .description('check every line: a changed, missing or foreign one is named, and the exit code is 1')
    .option(
      '--head <line:hash>',
      'the last line as it was printed earlier; finds that an older state was put back',
      readHead,
    )
    .option('--json', 'as JSON')
    .action(async ({ head, json = false }: { head?: AuditHead; json?: boolean }) => {
      const report = await withStore(env, (store) => store.audit.verify(head));
      if (json) printJson(report);
      else print(sayReport(report));
      if (report.faultCount > 0) process.exitCode = 1;
    });

  audit
    .command('list')
    .description('show the last lines, newest first')
    .option('--brand <brand>', 'of this brand')
    .option('--claim <id>', 'of this claim')
    .option('--before <line>', 'older than this line', readCount)
    .option('--limit <lines>', 'at most so many', readCount, 50)
    .option('--json', 'as JSON')
    .action(async ({ claim, json = false, ...filter }: ListOptions) => {
      const lines = await withStore(env, (store) =>
        store.audit.list({ ...filter, ...(claim === undefined ? {} : { claimId: claim }) }),
      );
      if (json) printJson(lines);
      else printTable(['line', 'at', 'who', 'what', 'brand', 'claim', 'result', 'details'], lines.map(rowOf));
    });

  return audit;
}

interface ListOptions {
  brand?: string;
  claim?: string;
  before?: number;
  limit: number;
  json?: boolean;
}

function sayReport({ head, faults, faultCount }: AuditReport): string {
  if (faultCount > 0) {
    const more = faultCount - faults.length;
    return [
      ...faults,
      ...(more > 0 ? [`… and ${more} more.`] : []),
      `The audit log is not sound: ${faultCount} found.`,
    ].join('\n');
  }
  if (head === null || head.seq === 0) return 'The audit log is empty.';
  return `The audit log is sound: ${head.seq} lines. Its last line, to be kept elsewhere and given as --head later:\n${head.seq}:${head.hash}`;
}

function rowOf({ seq, at, actor, action, brand, claimId, outcome, details }: AuditLine): string[] {
  const said = Object.entries(details).map(([name, value]) => `${name}=${String(value)}`);
  return [String(seq), at, actor, action, brand ?? '', claimId ?? '', outcome, said.join(' ')];
}

function readHead(text: string): AuditHead {
  const [, seq, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new InvalidArgumentError(
      'It is the line number and the hash that "claimkeeper audit verify" printed, such as 12:9f0c….',
    );
  return { seq: Number(seq), hash };
}

function readCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}
