import { styleText } from 'node:util';
import { type Addresses } from '../addresses';
import { type Delivery as Command } from '../brand-backend/state';
import { apiOf, type SeenClaim } from './api';
import { partnersOf } from './partners';
import { until } from './until';

/** Prints one step of the walk: who, what happened, what was seen of it. */
export type Tell = (who: string, what: string) => void;

export const tellOn =
  (out: NodeJS.WritableStream): Tell =>
  (who, what) => {
    out.write(
      `  ${styleText('dim', new Date().toISOString().slice(11, 19))}  ${styleText('cyan', who.padEnd(16))}  ${what}\n`,
    );
  };

/** Takes one claim through the real stack, from the shopper's filing to settled, and tells each step by what is seen at the partner. Gives the claim's id. */
export async function walk(addresses: Addresses, tell: Tell): Promise<{ claimId: string; claim: SeenClaim }> {
  const api = apiOf(addresses);
  const { kustomer, orderProtection, brandBackend } = partnersOf(addresses);

  const klaimShowing = (claimId: string, attribute: string, wanted: (value: string) => boolean) =>
    until(`a Klaim whose ${attribute} is up to date`, async () => {
      const [klaim, ...others] = await kustomer.klaims({ externalId: claimId });
      if (others.length > 0) throw new Error(`claim ${claimId} has ${others.length + 1} Klaims`);
      return klaim !== undefined && wanted(shown(klaim.custom[attribute])) ? klaim : null;
    });

  const claimId = await orderProtection.fileClaim({
    type: 'MISSING_ITEM',
    description: 'The box came, the kettle was not in it',
  });
  tell('Order Protection', `a shopper files claim ${claimId}: webhook claim.created`);
  const filed = await klaimShowing(claimId, 'statusStr', (status) => status === 'New');
  tell(
    'Kustomer',
    `Klaim ${filed.id}: "${filed.title}", status New, on customer ${filed.customerId ?? '?'} (${shown(filed.custom['customerEmailStr'])})`,
  );

  const words = ['Here is a photo of the box', 'Could you send it again, or refund me?'];
  for (const text of words) await orderProtection.postMessage({ claimId, text });
  tell('Order Protection', `the shopper writes two messages: webhooks message.created`);
  await klaimShowing(claimId, 'messageSummaryTxt', (summary) => words.every((text) => summary.includes(text)));
  tell('Kustomer', 'the Klaim shows both messages');

  await orderProtection.approve({ claimId });
  tell('Order Protection', 'staff approve a refund: webhook claim.approved, read back before anything is done');
  const command = await until('the command', async () => (await brandBackend.commands({ claimId }))[0]);
  tell('Brand backend', `is told: ${describe(command)}`);
  await klaimShowing(claimId, 'resolutionTypeStr', (type) => type === 'Refund');
  tell('Kustomer', 'the Klaim shows Approved, Refund');

  const report = await until('the report', async () => (await orderProtection.reports({ claimId }))[0]);
  tell('Brand backend', 'refunds, and answers by PUT …/resolutions/{id}');
  tell('Order Protection', `has the answer: ${JSON.stringify(report.body)}`);
  const settled = await klaimShowing(claimId, 'statusStr', (status) => status === 'Resolved');
  tell(
    'Kustomer',
    `the Klaim shows Resolved, ${shown(settled.custom['resolutionAmountNum'])} ${shown(settled.custom['resolutionCurrencyStr'])}`,
  );

  const claim = await until('a settled claim', async () => {
    const seen = await api.claim(claimId);
    return seen?.phase === 'settled' ? seen : null;
  });
  tell('Claimkeeper', `claim ${claimId} is settled: one Klaim, one command, one report`);
  return { claimId, claim };
}

function describe({ webhookId, verified, body }: Command): string {
  const amount = body?.type === 'resolution.requested' ? body.data.amount : null;
  return `${body?.type ?? 'unreadable'} ${webhookId ?? ''}${amount === null ? '' : `, ${amount.amount} ${amount.currency}`}, signature ${verified ? 'valid' : 'INVALID'}`;
}

/** An attribute as text; one that is not set shows nothing. */
function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
