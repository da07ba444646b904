import { type Scenario } from './scenario';
import { commanded, commandedClaim, inSync, SECOND, settled, workflowOf } from './steps';

/** What the brand's backend does with a command. */
export const brand: Readonly<Record<string, Scenario>> = {
  'reminder-and-escalation': {
    policy: { remindAfterHours: 3 * SECOND, escalateAfterHours: 6 * SECOND },
    async live(stack) {
      const { claimId, resolutionId } = await commandedClaim(stack);
      await commanded(stack, claimId, 'resolution.reminder');
      await commanded(stack, claimId, 'claim.escalated');
      await stack.claimWhen(claimId, 'overdue', ({ attention }) => attention === 'overdue');
      await stack.brandBackend.answer(resolutionId, REFUNDED);
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  withdrawal: {
    async live(stack) {
      const { claimId } = await commandedClaim(stack);
      await stack.orderProtection.deny(claimId);
      await commanded(stack, claimId, 'resolution.withdrawn');
      await stack.claimWhen(claimId, 'denied', (claim) => claim.phase === 'denied' && inSync(claim));
      return workflowOf(claimId);
    },
  },

  declined: {
    async live(stack) {
      const { claimId, resolutionId } = await commandedClaim(stack);
      await stack.brandBackend.answer(resolutionId, { outcome: 'declined', reason: 'out of stock' });
      await stack.claimWhen(claimId, 'declined', (claim) => claim.attention === 'declined' && inSync(claim));
      return workflowOf(claimId);
    },
  },
};

/** What the simulator's claims are approved for. */
export const REFUNDED = { outcome: 'refunded', amount: '43.20', currency: 'USD' };
