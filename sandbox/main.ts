#!/usr/bin/env node
import { Command } from 'commander';
import { styleText } from 'node:util';
import { tellOn, walk } from './claims/walk';
import { startSandbox, type Sandbox } from './stack';

const program = new Command('npm start --')
  .description(
    'Claimkeeper with everything it needs: a Temporal server, a database, and simulators in place of its partners.',
  )
  .option('--exit', 'end after the walk; exit code 0 only if its claim was settled')
  .addHelpText(
    'after',
    '\nEverything is kept under .data: a restart goes on with what was there. Delete it to begin anew.',
  )
  .action(main);

async function main({ exit = false }: { exit?: boolean }): Promise<void> {
  const line = (text = ''): void => void process.stdout.write(`${text}\n`);
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const sandbox = await startSandbox({ env: process.env, report: (text) => line(styleText('dim', `  ${text}`)) });
  try {
    line(`\n${styleText('bold', 'One claim, from webhook to settled')}`);
    const ending = Promise.race([stopped, sandbox.ended]).then(() => {
      throw new Error('stopped before the claim was settled');
    });
    const { claim } = await Promise.race([walk(sandbox.addresses, tellOn(process.stdout)), ending]);
    line(closing(sandbox, claim.temporalUrl));
    if (exit) return;
    line(styleText('dim', 'ctrl-C stops it; what is under .data stays.'));
    await Promise.race([stopped, sandbox.ended]);
  } finally {
    line(styleText('dim', 'stopping …'));
    await sandbox.stop();
  }
}

function closing({ addresses }: Sandbox, claimUrl: string | null): string {
  return `
${styleText('bold', 'Look')}
  API            ${addresses.api}   (token ${addresses.adminToken})
  this claim     ${claimUrl ?? `${addresses.temporalUi ?? 'Temporal Web is not running'}`}
  all claims     curl -s ${addresses.api}/v1/brands/${addresses.brand}/claims -H 'authorization: Bearer ${addresses.adminToken}'

${styleText('bold', 'Go on')}
  file the next  curl -s -X POST ${addresses.orderProtection}/_control/fileClaim -d '{"description":"It never came"}'
  many at once   npm run demo -- --claims 20 --faults
`;
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
