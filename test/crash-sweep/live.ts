import { until } from '../../sandbox/claims/until';
import { DEMO } from '../../sandbox/onboard';
import { claimWorkflowId } from '../../src/claims/workflow-id';
import { type Stack } from '../support/stack';
import { settledOnce } from '../support/settled-once';

const SECOND = 1 / 3_600;

/** The claim is reminded of, and completes, within seconds. */
export const POLICY = { remindAfterHours: SECOND, quietHours: 2 * SECOND };

const WITHIN_MS = 180_000;
const seen = (what: string, look: () => boolean): Promise<true> =>
  until(what, () => Promise.resolve(look()), WITHIN_MS);

export const workflowOf = (claimId: string): string => claimWorkflowId(DEMO.brand, claimId);

/** Lets the partners do their part of a claim, from its filing to the brand's answer after a reminder. They know nothing of any crash. */
export async function live({ orderProtection, kustomer, brandBackend }: Stack, claimId: string): Promise<void> {
  await brandBackend.setPolicy({ answer: 'manual' }, claimId);
  await orderProtection.fileClaim({ claimId });
  await orderProtection.postMessage(claimId, 'Here is a photo');
  await seen('the Klaim', () => kustomer.klaims(claimId).length > 0);
  await orderProtection.approve(claimId);
  const sent = (type: string) => brandBackend.commands(claimId).find(({ body }) => body?.type === type);
  await seen('the reminder', () => sent('resolution.reminder') !== undefined);
  const answer = { outcome: 'refunded', amount: '43.20', currency: 'USD' };
  await brandBackend.answer(sent('resolution.requested')?.webhookId ?? '', answer);
}

/**
 * Waits until a claim has completed, holds that everything was done once, and gives its end without what differs from claim to claim. How the
 * customer was found differs too: one that was created just before a kill is found by its e-mail address afterwards.
 */
export async function endOf(stack: Stack, claimId: string): Promise<unknown> {
  await settledOnce(stack, claimId, 1, WITHIN_MS);
  await stack.client.workflow.getHandle(workflowOf(claimId)).result();
  const { claim, klaim } = await settledOnce(stack, claimId, 1);
  const { timeline: _timeline, ...view } = claim;
  const commands = new Set(stack.brandBackend.commands(claimId).map(({ webhookId }) => webhookId));
  return JSON.parse(
    JSON.stringify({ view, klaim: klaim.custom, commands: [...commands].sort() })
      .replaceAll(claimId, '{claim}')
      .replaceAll(/"matchedBy":"(?:created|email)"/g, '"matchedBy":"{mark}"')
      .replaceAll(/res_[0-9a-f]{16}|[0-9a-f]{24}/g, '{id}')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '{time}')
      .replaceAll(/(?<=#|shopper-|BR-)\d+/g, '{order}'),
  );
}
