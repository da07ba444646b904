import { Command } from 'commander';
import { z } from 'zod';
import { loadServiceAddress } from '../config';
import { kustomerApplied } from '../integrations/kustomer/provision/apply';
import { kustomerPlan, type KustomerPlan } from '../integrations/kustomer/provision/plan';
import { appliedText, planText } from './plan-text';
import { print, printJson } from './print';
import { callService } from './service-api';

const answer = { brand: z.string() };
const planAnswer = kustomerPlan.extend(answer);
const appliedAnswer = kustomerApplied.extend(answer);

/** `plan`: nothing to do, something to do, or nothing can be done until somebody acts. */
const PLAN_EXIT: Readonly<Record<KustomerPlan['status'], number>> = { ready: 0, changes: 2, blocked: 1 };

/** `claimkeeper brand plan|apply <brand>`: what `GET …/kustomer/plan` and `POST …/kustomer/apply` of a running service say. */
export function brandCommand(env: NodeJS.ProcessEnv): Command {
  const ask = (method: 'GET' | 'POST', brand: string, what: string): Promise<unknown> =>
    callService(loadServiceAddress(env), method, `/v1/brands/${encodeURIComponent(brand)}/kustomer/${what}`);

  const command = new Command('brand').description("bring a brand's Kustomer org on").addHelpText(
    'after',
    `
Both ask a running service: CLAIMKEEPER_PUBLIC_URL says where it is, CLAIMKEEPER_ADMIN_TOKEN is its token or one of the brand
with the scope admin.`,
  );

  command
    .command('plan <brand>')
    .description('say what the API key and the org lack, and change nothing')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing is to be made, 2 something is (apply makes it), 1 it is blocked, or failed.',
    )
    .action(async (brand: string, { json = false }: { json?: boolean }) => {
      const plan = planAnswer.parse(await ask('GET', brand, 'plan'));
      if (json) printJson(plan);
      else print(planText(brand, plan));
      process.exitCode = PLAN_EXIT[plan.status];
    });

  command
    .command('apply <brand>')
    .description('make what the plan says, and try it with a test Klaim; may be repeated, deletes nothing else')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExit code: 0 all is there and was tried, 1 it is not.')
    .action(async (brand: string, { json = false }: { json?: boolean }) => {
      const applied = appliedAnswer.parse(await ask('POST', brand, 'apply'));
      if (json) printJson(applied);
      else print(appliedText(brand, applied));
      process.exitCode = applied.plan.status === 'ready' ? 0 : 1;
    });

  return command;
}
