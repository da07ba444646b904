import { until } from '../../../sandbox/claims/until';
import { DEMO } from '../../../sandbox/onboard';
import { claimWorkflowId } from '../../../src/claims/workflow-id';
import { type ClaimView } from '../../../src/claims/view';
import { type Stack } from '../../support/stack';

/** A second, in the hours of a brand's policy. */
export const SECOND = 1 / 3_600;

/** The workflow of one of the demo brand's claims. */
export const workflowOf = (claimId: string): string => claimWorkflowId(DEMO.brand, claimId);

export const inSync = ({ klaim }: ClaimView): boolean => klaim?.inSync === true;

/** A claim of Order Protection that is open, with its Klaim. */
export async function openClaim(stack: Stack, filing: { sourceOrderId?: string } = {}): Promise<string> {
  const claimId = await stack.orderProtection.fileClaim({ ...filing, items: [{ itemId: 'li-9001' }] });
  await stack.claimWhen(claimId, 'open with its Klaim', (claim) => claim.phase === 'open' && inSync(claim));
  return claimId;
}

/** A claim whose command the brand has taken, and does not answer by itself. */
export async function commandedClaim(stack: Stack): Promise<{ claimId: string; resolutionId: string }> {
  const claimId = await openClaim(stack);
  await stack.brandBackend.setPolicy({ answer: 'manual' }, claimId);
  await stack.orderProtection.approve(claimId);
  await commanded(stack, claimId, 'resolution.requested');
  const { resolutions } = await stack.claimWhen(claimId, 'commanded and in sync', (claim) => {
    return claim.phase === 'awaitingBrand' && inSync(claim);
  });
  return { claimId, resolutionId: resolutions[0]?.id ?? '' };
}

/** Waits until the brand was sent a command of this type. */
export const commanded = (stack: Stack, claimId: string, type: string): Promise<boolean> =>
  until(type, () => Promise.resolve(stack.brandBackend.commands(claimId).some(({ body }) => body?.type === type)));

/** Waits until the claim's Klaim shows this message. */
export const shown = (stack: Stack, claimId: string, message: string): Promise<boolean> =>
  until(`a Klaim that shows "${message}"`, () =>
    Promise.resolve(
      stack.kustomer.klaims(claimId).some(({ custom }) => String(custom['messageSummaryTxt']).includes(message)),
    ),
  );

/** Waits until the claim is settled and its Klaim shows it. */
export const settled = (stack: Stack, claimId: string): Promise<ClaimView> =>
  stack.claimWhen(claimId, 'settled and in sync', (claim) => claim.phase === 'settled' && inSync(claim));

/** An operator's action. @throws when it is refused. */
export async function operate(stack: Stack, claimId: string, action: string, more: object = {}): Promise<void> {
  const path = `/v1/brands/${DEMO.brand}/claims/${claimId}/${action}`;
  const { status, body } = await stack.api.call('POST', path, { reason: `recorded: ${action}`, ...more });
  if (status !== 200) throw new Error(`${action} was refused: ${JSON.stringify(body)}`);
}
