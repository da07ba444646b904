import { DEMO } from '../../../sandbox/onboard';
import { type Scenario } from './scenario';
import { inSync, openClaim, operate, settled, workflowOf } from './steps';

/** Claims of Karla, and losses that are claimed at both. */
export const sources: Readonly<Record<string, Scenario>> = {
  karla: {
    async live(stack) {
      const claimId = await stack.karla.fileClaim({ preference: 'reorder' });
      await stack.karla.changeClaim(claimId, { description: 'Three of six glasses cracked' });
      await stack.karla.changeClaim(claimId, { status: 'accepted' });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  'karla-with-commands': {
    async live(stack) {
      const karla = { shopId: DEMO.shop.id, shopSlug: DEMO.shop.slug, commands: true };
      await stack.onboard({ karla });
      const claimId = await stack.karla.fileClaim({ preference: 'reorder' });
      await stack.karla.changeClaim(claimId, { status: 'accepted' });
      const { resolutions } = await stack.claimWhen(claimId, 'unconfirmed', (claim) => {
        return claim.attention === 'unconfirmed' && inSync(claim);
      });
      await operate(stack, claimId, 'confirm-resolution', { resolutionId: resolutions[0]?.id, accept: true });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },

  contradiction: {
    async live(stack) {
      const sourceOrderId = await stack.orderProtection.createOrder();
      const claimId = await openClaim(stack, { sourceOrderId });
      const items = [{ sku: 'KTL-BLU', title: 'Kettle' }];
      const rival = await stack.karla.fileClaim({ externalOrderId: sourceOrderId, items });
      await stack.karla.changeClaim(rival, { status: 'accepted' });
      await settled(stack, rival);
      await stack.orderProtection.approve(claimId);
      const { resolutions } = await stack.claimWhen(claimId, 'held back', (claim) => {
        return claim.attention === 'contradiction' && inSync(claim);
      });
      await operate(stack, claimId, 'confirm-resolution', { resolutionId: resolutions[0]?.id, accept: true });
      await settled(stack, claimId);
      return workflowOf(claimId);
    },
  },
};
