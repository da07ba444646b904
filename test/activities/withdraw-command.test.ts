import { MockActivityEnvironment } from '@temporalio/testing';
import { createBrandBackendActivities } from '../../src/activities/brand-backend';
import { type Answer } from '../../src/claims/answer';
import { type Command } from '../../src/integrations/brand-backend/compose';
import { PartnerError } from '../../src/integrations/partner-error';
import { type Store } from '../../src/store/store';
import { context, resolution } from '../integrations/brand-backend/requested';
import { aBrand, openStore } from '../store/open-stores';
import { onEachDatabase } from '../support/databases';

const REFUNDED: Answer = { outcome: 'refunded', amount: '28.62', currency: 'USD' };
const AT = '2026-03-04T10:00:00.000Z';

onEachDatabase((kind) => {
  let store: Store;
  let isDown = false;
  const sent: string[] = [];
  const brandBackend = {
    send: (_access: unknown, { webhookId }: Command): Promise<void> => {
      if (isDown) return Promise.reject(new PartnerError('brand-backend', 'unavailable', 'down'));
      sent.push(webhookId);
      return Promise.resolve();
    },
  };

  beforeAll(async () => {
    ({ store } = await openStore(kind));
    const backend = {
      url: 'https://shop.example/claims',
      signingSecrets: [`whsec_${Buffer.alloc(32, 1).toString('base64')}`],
    };
    await store.brands.put('acme', aBrand({ backend }));
  });
  beforeEach(() => {
    isDown = false;
    sent.length = 0;
  });

  /** Commands a resolution of this id, and gives what withdraws it. */
  async function commanded(id: string) {
    const activities = createBrandBackendActivities(store, brandBackend, context.publicUrl);
    const claim = { brand: context.brand, claimId: context.claimId };
    const command = { ...claim, source: 'order-protection' as const, order: { sourceOrderId: id, number: null } };
    await new MockActivityEnvironment().run(activities.sendCommand, { ...command, resolution: resolution({ id }) });
    const withdrawal = { ...claim, resolutionId: id, at: AT };
    return {
      withdraw: (): Promise<Answer | null> => new MockActivityEnvironment().run(activities.withdrawCommand, withdrawal),
      answer: () => store.ledger.accept(claim.brand, claim.claimId, id, REFUNDED, AT),
    };
  }

  test('an unanswered command is withdrawn, and the brand is told', async () => {
    const { withdraw } = await commanded('res_1');
    expect(await withdraw()).toBeNull();
    expect(sent).toEqual(['res_1', 'res_1.withdrawn']);
  });

  test('a command that was answered is not withdrawn: the answer is given', async () => {
    const { withdraw, answer } = await commanded('res_2');
    await answer();
    expect(await withdraw()).toEqual(REFUNDED);
    expect(sent).toEqual(['res_2']);
  });

  test('an answer that comes before the brand could be told is given as well', async () => {
    const { withdraw, answer } = await commanded('res_3');
    isDown = true;
    await expect(withdraw()).rejects.toThrow('down');
    isDown = false;
    expect(await answer()).toMatchObject({ verdict: 'applied' });
    expect(await withdraw()).toEqual(REFUNDED);
    expect(sent).toEqual(['res_3']);
  });
});
