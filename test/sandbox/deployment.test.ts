import { until } from '../../sandbox/claims/until';
import { startDeployment, type Deployment } from '../../sandbox/deployment/deployment';
import { type Role } from '../../sandbox/deployment/service-process';

const ended: Role[] = [];
let deployment: Deployment;
beforeAll(async () => {
  deployment = await startDeployment({
    inOneProcess: true,
    seed: 1,
    retrySchedule: { afterMs: [1_000], givesUp: false },
    report: () => undefined,
    onEnd: ({ role }) => ended.push(role),
  });
});
afterAll(() => deployment.stop());

test('a process that ended is told of and started again', async () => {
  const first = deployment.processOf('both');
  await first.kill();
  await until('another process', () => Promise.resolve(!deployment.processOf('both').hasEnded()));
  const isReady = async (): Promise<boolean> =>
    (await fetch(`${deployment.addresses.api}/readyz`).catch(() => null))?.status === 200;
  await until('a service that is ready again', isReady);
  expect(ended).toEqual(['both']);
});
