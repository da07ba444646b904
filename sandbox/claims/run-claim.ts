import { type Api } from './api';
import { type Partners } from './partners';
import { type Scenario } from './scenario';
import { until } from './until';

/** What one claim of the demo came to, counted at the partners. */
export interface ClaimResult {
  claimId: string;
  scenario: Scenario['name'];
  phase: string;
  klaims: number;
  commands: number;
  reports: number;
  resolutions: number;
  tookMs: number;
}

/** Lets a shopper and Order Protection's staff do their part, and waits until the claim is at its end and its Klaim shows it. */
export async function runClaim(
  scenario: Scenario,
  api: Api,
  { kustomer, orderProtection, brandBackend }: Partners,
): Promise<ClaimResult> {
  const since = Date.now();
  const claimId = await orderProtection.fileClaim({ description: `A claim of the demo: ${scenario.name}` });
  for (let n = 1; n <= scenario.messages; n++) await orderProtection.postMessage({ claimId, text: `Message ${n}` });
  const isDenied = scenario.resolutions.length === 0;
  if (isDenied) await orderProtection.deny({ claimId });
  else await orderProtection.approve({ claimId, resolutions: scenario.resolutions });

  const [phase, status] = isDenied ? ['denied', 'Denied'] : ['settled', 'Resolved'];
  await until(`claim ${claimId} to be ${phase}`, async () => (await api.claim(claimId))?.phase === phase, 180_000);
  await until(
    `the Klaim of ${claimId} to show ${status}`,
    async () => {
      const klaims = await kustomer.klaims({ externalId: claimId });
      return klaims.every(({ custom }) => custom['statusStr'] === status) && klaims.length > 0;
    },
    180_000,
  );

  const commands = (await brandBackend.commands({ claimId })).filter(
    ({ body }) => body?.type === 'resolution.requested',
  );
  const reports = (await orderProtection.reports({ claimId })).filter(({ status: answer }) => answer < 300);
  return {
    claimId,
    scenario: scenario.name,
    phase,
    klaims: (await kustomer.klaims({ externalId: claimId })).length,
    commands: new Set(commands.map(({ webhookId }) => webhookId)).size,
    reports: new Set(reports.map(({ idempotencyKey }) => idempotencyKey)).size,
    resolutions: scenario.resolutions.length,
    tookMs: Date.now() - since,
  };
}

/** Whether the promises held: one Klaim, and one command and one report per resolution. */
export function isRight({ klaims, commands, reports, resolutions }: ClaimResult): boolean {
  return klaims === 1 && commands === resolutions && reports === resolutions;
}
