import { type SeenKlaim } from '../../sandbox/kustomer/look';
import { type ClaimView } from '../../src/claims/view';
import { type Stack } from './stack';

/** Waits until a claim is settled and in sync, then holds what is promised of every claim: one Klaim, and one command, act and report per resolution. */
export async function settledOnce(
  stack: Stack,
  claimId: string,
  resolutions: number,
  withinMs?: number,
): Promise<{ claim: ClaimView; klaim: SeenKlaim }> {
  const claim = await stack.claimWhen(
    claimId,
    'settled and in sync',
    ({ phase, klaim }) => phase === 'settled' && klaim?.inSync === true,
    withinMs,
  );
  const klaim = onlyKlaim(stack, claimId);
  expect(klaim.id).toBe(claim.klaim?.id);
  expect(klaim.custom['statusStr']).toBe('Resolved');
  const ids = claim.resolutions.filter(({ state }) => state === 'reported').map(({ id }) => id);
  expect(ids).toHaveLength(resolutions);
  const commands = stack.brandBackend.commands(claimId).filter(({ body }) => body?.type === 'resolution.requested');
  expect(new Set(commands.map(({ webhookId }) => webhookId))).toEqual(new Set(ids));
  expect(commands.every(({ verified }) => verified)).toBe(true);
  const acts = stack.brandBackend.acted().filter((act) => act.claimId === claimId);
  expect(acts).toHaveLength(resolutions);
  const reports = stack.orderProtection.reports(claimId).filter(({ status }) => status < 300);
  expect(new Set(reports.map(({ idempotencyKey }) => idempotencyKey))).toEqual(new Set(ids));
  return { claim, klaim };
}

/** The one Klaim of a claim. */
export function onlyKlaim(stack: Stack, claimId: string): SeenKlaim {
  const klaims = stack.kustomer.klaims(claimId);
  expect(klaims).toHaveLength(1);
  const [klaim] = klaims;
  if (klaim === undefined) throw new Error('no Klaim');
  return klaim;
}
