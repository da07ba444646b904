import { until } from '../../../sandbox/claims/until';
import { DEMO } from '../../../sandbox/onboard';
import { CLAIM_WORKFLOW, PROTECTION_WORKFLOW, TASK_QUEUES } from '../../../src/claims/messages';
import { claimWorkflowId, refreshWorkflowId } from '../../../src/claims/workflow-id';
import { putMapping } from '../../support/put-mapping';
import { type Scenario } from './scenario';
import { inSync, openClaim, workflowOf } from './steps';

/** The small workflows, and what foreign clients may send. */
export const other: Readonly<Record<string, Scenario>> = {
  protection: {
    async live(stack) {
      const order = await stack.orderProtection.createOrder();
      await stack.orderProtection.addProtection(order, 3.45);
      const query = `WorkflowType = "${PROTECTION_WORKFLOW}"`;
      return until('the workflow of the protection event', async () => {
        for await (const { workflowId, status } of stack.client.workflow.list({ query }))
          if (status.name === 'COMPLETED') return workflowId;
        return null;
      });
    },
  },

  'mapping-change': {
    async live(stack) {
      await openClaim(stack);
      await putMapping(stack, { tierStr: { const: 'Gold' } });
      const workflowId = refreshWorkflowId(DEMO.brand);
      await until('every claim told', () =>
        stack.client.workflow
          .getHandle(workflowId)
          .result()
          .then(() => true),
      );
      return workflowId;
    },
  },

  unreadable: {
    async live(stack) {
      const claimId = await openClaim(stack);
      const handle = stack.client.workflow.getHandle(workflowOf(claimId));
      await handle.signal('claimFiled', 'no event');
      await handle.signal('claimFiled', { source: 'karla' });
      await handle.signal('resolutionCompleted', null);
      await handle.signal('nobodyKnows');
      await stack.claimWhen(claimId, 'open, with four refusals', (claim) => {
        return inSync(claim) && claim.timeline.filter(({ what }) => what.startsWith('refused')).length === 4;
      });
      return workflowOf(claimId);
    },
  },

  'unknown-brand': {
    async live({ client }) {
      const [brand, claimId] = ['nobody', 'cm-of-nobody'];
      const workflowId = claimWorkflowId(brand, claimId);
      const start = { workflowId, taskQueue: TASK_QUEUES.claims, args: [{ brand, claimId }] };
      await client.workflow.execute(CLAIM_WORKFLOW, start);
      return workflowId;
    },
  },
};
