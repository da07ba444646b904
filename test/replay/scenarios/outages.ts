import { type Scenario } from './scenario';
import { openClaim, operate, settled, workflowOf } from './steps';

/** Partners that refuse or do not answer. */
export const outages: Readonly<Record<string, Scenario>> = {
  'refused-key': {
    async live(stack) {
      const claimId = await openClaim(stack);
      await stack.kustomer.revokeKey(stack.secrets.kustomerKey);
      await stack.orderProtection.approve(claimId);
      await stack.claimWhen(claimId, 'without a valid key', ({ attention }) => attention === 'credentials');
      stack.secrets.kustomerKey = 'another-key-of-demo';
      await stack.kustomer.addKey({ org: 'demo', apiKey: stack.secrets.kustomerKey });
      await stack.onboard();
      await operate(stack, claimId, 'retry-sync');
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  outage: {
    async live(stack) {
      const claimId = await openClaim(stack);
      stack.brandBackend.faults.down();
      await stack.orderProtection.approve(claimId);
      // An activity tries for two minutes before its failure comes back.
      await stack.claimWhen(claimId, 'failing', ({ attention }) => attention === 'commandFailing', 180_000);
      stack.brandBackend.faults.up();
      await operate(stack, claimId, 'retry-sync');
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },
};
