import { until } from '../../sandbox/claims/until';
import { type ClaimPage } from '../../src/temporal/claims-port';
import { startStack, type Stack } from '../support/stack';

const CLAIMS = 55;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.stop());

const ask = (query: string): Promise<{ status: number; body: unknown }> =>
  stack.api.call('GET', `/v1/brands/demo/claims?${query}`);

async function page(query: string): Promise<ClaimPage> {
  const { status, body } = await ask(query);
  expect(status).toBe(200);
  return body as ClaimPage;
}

test('more claims than fit on a page are listed page by page, each once', async () => {
  const filed = await Promise.all(Array.from({ length: CLAIMS }, () => stack.orderProtection.fileClaim()));
  const listed = await until('all claims in the list', async () => {
    const first = await page('phase=open');
    if (first.nextCursor === null) return null;
    const second = await page(`phase=open&cursor=${encodeURIComponent(first.nextCursor)}`);
    const ids = [...first.items, ...second.items].map(({ claimId }) => claimId);
    return ids.length === CLAIMS ? ids : null;
  });
  expect(new Set(listed)).toEqual(new Set(filed));
});

test.each(['nonsense', 'o.', 'o.AAAA', 'o.AAAA.0123456789abcdef', 'o.AAAA.a.b', 'c.nonsense', 'c.a.b', 'x.'])(
  'the cursor %s, which no list gave out, is refused',
  async (cursor) => {
    expect(await ask(`phase=settled&cursor=${cursor}`)).toMatchObject({ status: 422 });
  },
);
