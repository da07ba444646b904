import { type Scenario } from './scenario';
import { inSync, openClaim, SECOND, settled, shown, workflowOf } from './steps';

/** What shoppers and Order Protection's staff do. */
export const claims: Readonly<Record<string, Scenario>> = {
  happy: {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.postMessage(claimId, 'Here is a photo');
      await stack.orderProtection.approve(claimId);
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  split: {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.approve(claimId, [
        { type: 'REFUND', items: [{ itemId: 'li-9001' }] },
        { type: 'RESHIP', items: [{ itemId: 'li-9002' }] },
      ]);
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'out-of-order': {
    async live(stack) {
      await stack.orderProtection.configure({ holdWebhooks: true, duplicates: 1 });
      const claimId = await stack.orderProtection.fileClaim();
      await stack.orderProtection.postMessage(claimId, 'Where is it?');
      await stack.orderProtection.approve(claimId);
      await stack.orderProtection.releaseWebhooks('reverse');
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  burst: {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.configure({ holdWebhooks: true });
      for (let n = 1; n <= 12; n++) await stack.orderProtection.postMessage(claimId, `Message ${n}`);
      await stack.orderProtection.releaseWebhooks();
      await shown(stack, claimId, 'Message 12');
      return workflowOf(claimId);
    },
  },

  denied: {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.deny(claimId);
      await stack.claimWhen(claimId, 'denied', (claim) => claim.phase === 'denied' && inSync(claim));
      return workflowOf(claimId);
    },
  },

  'forged-approval': {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.sendForged(claimId);
      await stack.claimWhen(claimId, 'read twice in vain', ({ phase }) => phase === 'confirming');
      await stack.orderProtection.approve(claimId);
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  reopened: {
    policy: { quietHours: 2 * SECOND },
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.orderProtection.approve(claimId);
      await settled(stack, claimId);
      const handle = stack.client.workflow.getHandle(workflowOf(claimId));
      await handle.result();
      await stack.orderProtection.postMessage(claimId, 'Thank you!');
      await shown(stack, claimId, 'Thank you!');
      await handle.result();
      return workflowOf(claimId);
    },
  },

  'continue-as-new': {
    suggestsContinueAsNewAfter: 60,
    async live(stack) {
      const claimId = await openClaim(stack);
      const { runId } = await stack.client.workflow.getHandle(workflowOf(claimId)).describe();
      for (let n = 1, last = runId; last === runId; n++) {
        await stack.orderProtection.postMessage(claimId, `Message ${n}`);
        await shown(stack, claimId, `Message ${n}`);
        last = (await stack.client.workflow.getHandle(workflowOf(claimId)).describe()).runId;
      }
      await stack.orderProtection.approve(claimId);
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },
};
