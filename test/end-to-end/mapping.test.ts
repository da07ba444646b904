import { until } from '../../sandbox/claims/until';
import { onlyKlaim } from '../support/settled-once';
import { putMapping } from '../support/put-mapping';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

test('a changed mapping brings every open claim up to date, over several pages, each Klaim written once more', async () => {
  await putMapping(stack, {});
  const claimIds: string[] = [];
  for (let n = 0; n < 12; n++) claimIds.push(await stack.orderProtection.fileClaim());
  for (const claimId of claimIds)
    await stack.claimWhen(
      claimId,
      'open with its Klaim',
      ({ phase, klaim }) => phase === 'open' && klaim?.inSync === true,
    );
  const writesBefore = claimIds.map((claimId) => stack.kustomer.writes(claimId).length);

  await putMapping(stack, { orderNumberStr: { clear: true }, orderNoStr: 'order.number', tierStr: { const: 'Gold' } });
  for (const claimId of claimIds) {
    await until('the Klaim by the new mapping', () =>
      Promise.resolve(onlyKlaim(stack, claimId).custom['tierStr'] === 'Gold'),
    );
    await stack.claimWhen(
      claimId,
      'in sync by the new mapping',
      ({ klaim }) => klaim?.mappingVersion === 2 && klaim.inSync,
    );
    const { custom, title } = onlyKlaim(stack, claimId);
    expect(title.endsWith(` ${String(custom['orderNoStr'])}`)).toBe(true);
    expect(custom).not.toHaveProperty('orderNumberStr');
  }
  const writesAfter = claimIds.map((claimId) => stack.kustomer.writes(claimId).length);
  expect(writesAfter).toEqual(writesBefore.map((count) => count + 1));
});

test('a preview shows what a mapping would change in a claim, and writes nothing', async () => {
  await putMapping(stack, {});
  const claimId = await stack.orderProtection.fileClaim({ description: 'x'.repeat(2_000) });
  await stack.claimWhen(claimId, 'open with its Klaim', ({ klaim }) => klaim?.inSync === true);
  const writes = stack.kustomer.writes(claimId).length;
  const preview = (mapping: object, id = claimId) =>
    stack.api.call('POST', `/v1/brands/demo/claims/${id}/klaim/preview`, { mapping });

  const { custom } = onlyKlaim(stack, claimId);
  const mapping = { orderNumberStr: null, orderNoStr: 'order.number', statusStr: { clear: true } };
  expect(await preview(mapping)).toEqual({
    status: 200,
    body: {
      brand: 'demo',
      claimId,
      changes: [
        { attribute: 'statusStr', from: custom['statusStr'], to: null },
        { attribute: 'orderNumberStr', from: custom['orderNumberStr'] },
        { attribute: 'orderNoStr', to: custom['orderNumberStr'] },
      ],
    },
  });
  expect(await preview({})).toMatchObject({ status: 200, body: { changes: [] } });
  expect(await preview({ xNum: 'claim.createdAt' })).toMatchObject({ status: 422 });
  expect(await preview({}, 'never-heard-of')).toMatchObject({ status: 404 });
  expect(stack.kustomer.writes(claimId)).toHaveLength(writes);
});
