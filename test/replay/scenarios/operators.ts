import { type Scenario } from './scenario';
import { commanded, commandedClaim, inSync, openClaim, operate, SECOND, settled, workflowOf } from './steps';

/** What operators do by the API. */
export const operators: Readonly<Record<string, Scenario>> = {
  'retry-sync': {
    async live(stack) {
      const claimId = await openClaim(stack);
      const writes = stack.kustomer.writes(claimId).length;
      await operate(stack, claimId, 'retry-sync');
      await stack.claimWhen(claimId, 'written once more', (claim) => {
        return inSync(claim) && stack.kustomer.writes(claimId).length > writes;
      });
      return workflowOf(claimId);
    },
  },

  'hold-and-release': {
    async live(stack) {
      const claimId = await openClaim(stack);
      await operate(stack, claimId, 'hold');
      await stack.orderProtection.approve(claimId);
      await stack.claimWhen(claimId, 'held back', (claim) => {
        return claim.resolutions[0]?.question === 'held by an operator' && inSync(claim);
      });
      await operate(stack, claimId, 'release');
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'extend-deadline': {
    policy: { remindAfterHours: 100, escalateAfterHours: 4 * SECOND },
    async live(stack) {
      await stack.orderProtection.configure({ reportAmount: 'upTo' });
      const { claimId, resolutionId } = await commandedClaim(stack);
      await operate(stack, claimId, 'extend-deadline', { until: new Date(Date.now() + 8_000).toISOString() });
      await stack.claimWhen(claimId, 'overdue', ({ attention }) => attention === 'overdue');
      await commanded(stack, claimId, 'claim.escalated');
      await stack.brandBackend.answer(resolutionId, { outcome: 'refunded', amount: '10.00', currency: 'USD' });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'override-resolution': {
    async live(stack) {
      await stack.orderProtection.configure({ reportAmount: 'upTo' });
      const { claimId, resolutionId } = await commandedClaim(stack);
      await stack.brandBackend.setPolicy({ answer: 'auto' }, claimId);
      await operate(stack, claimId, 'override-resolution', {
        resolutionId,
        kind: 'refund',
        amount: { amount: '5.00', currency: 'USD' },
      });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'confirm-resolution': {
    async live(stack) {
      const { claimId, resolutionId } = await commandedClaim(stack);
      await stack.orderProtection.deny(claimId);
      await stack.claimWhen(claimId, 'a contradiction', ({ attention }) => attention === 'contradiction');
      await operate(stack, claimId, 'confirm-resolution', { resolutionId, accept: false });
      await stack.claimWhen(claimId, 'denied', (claim) => claim.attention === 'none' && inSync(claim));
      return workflowOf(claimId);
    },
  },

  'confirm-report': {
    async live(stack) {
      await stack.orderProtection.configure({ reportRoute: 'absent' });
      const claimId = await openClaim(stack);
      await stack.orderProtection.approve(claimId);
      const { resolutions } = await stack.claimWhen(claimId, 'not reported', ({ attention }) => {
        return attention === 'reportFailing';
      });
      await operate(stack, claimId, 'confirm-report', { resolutionId: resolutions[0]?.id });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'relink-customer': {
    async live(stack) {
      const claimId = await openClaim(stack);
      const customerId = await stack.kustomer.addCustomer({ org: 'demo', email: 'right@example.test' });
      await operate(stack, claimId, 'relink-customer', { customerId });
      await stack.claimWhen(claimId, 'moved', (claim) => claim.klaim?.customerId === customerId && inSync(claim));
      return workflowOf(claimId);
    },
  },

  'close-claim': {
    async live(stack) {
      const { claimId } = await commandedClaim(stack);
      await operate(stack, claimId, 'close-claim');
      await stack.claimWhen(claimId, 'closed', (claim) => claim.phase === 'closed' && inSync(claim));
      return workflowOf(claimId);
    },
  },
};
