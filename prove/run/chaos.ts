import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Deployment } from '../../sandbox/deployment/deployment';
import { type Role, type ServiceProcess } from '../../sandbox/deployment/service-process';
import { type Outage } from '../checker/records';
import { type Chaos } from '../plan/chaos';
import { diedBy, type KilledRole, type KillPoint } from '../plan/kill-points';
import { killOf, type Happened } from './happened';
import { seen } from './look';
import { runOutage } from './outage';
import { type Stage } from './play';

/** How long a process may go without passing the point at which it is to die; then it dies where it is. */
const POINT_WITHIN_MS = 10_000;

export interface ChaosParts {
  deployment: Deployment;
  stage: Stage;
  happened: Happened;
  /** How long a partner is down at most. */
  outageMs: number;
  /** Gets whom the chaos kills: who else ends did so by itself. */
  victims: WeakSet<ServiceProcess>;
  killFileOf(role: Role): string;
}

/** Does one act of the chaos, and gives back what it took away. Gives the outage, if it was one. */
export async function doChaos(act: Chaos, parts: ChaosParts): Promise<Outage | null> {
  const { deployment, happened, stage } = parts;
  await sleep(act.afterMs, undefined, { signal: stage.signal });
  switch (act.do) {
    case 'kill':
      await kill(act.role, act.point, parts);
      return null;
    case 'restart': {
      const part = deployment[act.what];
      if (part === null) return null;
      await part.stop();
      happened.note(`${act.what} is killed`);
      await sleep(act.downMs);
      await part.start();
      happened.note(`${act.what} is up again`);
      happened.count(`${act.what} killed and restarted`);
      return null;
    }
    case 'revokeKey': {
      const { kustomer } = deployment.simulators;
      await kustomer.revokeKey(deployment.secrets.kustomerKey);
      happened.note('the key of Kustomer is revoked');
      await sleep(act.forMs);
      deployment.secrets.kustomerKey = `${deployment.secrets.kustomerKey}-next`;
      await kustomer.addKey({ org: 'demo', apiKey: deployment.secrets.kustomerKey });
      await untilPut(deployment, stage.signal);
      happened.note('the brand has a new key');
      happened.count('Kustomer’s key revoked and replaced');
      return null;
    }
    case 'outage':
      return runOutage(act, parts);
  }
}

async function kill(wanted: KilledRole, point: KillPoint | null, parts: ChaosParts): Promise<void> {
  const { deployment, happened, killFileOf, stage, victims } = parts;
  const role = deployment.roles.includes(wanted) ? wanted : 'both';
  // One that ended by itself is just being started again.
  const victim = await seen(stage.signal, () => running(deployment, role));
  victims.add(victim);
  const file = killFileOf(role);
  if (point !== null) {
    await writeFile(`${file}.new`, point);
    await rename(`${file}.new`, file);
    await Promise.race([victim.ended, sleep(POINT_WITHIN_MS)]);
  }
  await rm(file, { force: true });
  if (!victim.hasEnded()) await victim.kill();
  await victim.ended;
  const isAtPoint = existsSync(diedBy(file));
  await rm(diedBy(file), { force: true });
  const where = point === null ? 'at any moment' : isAtPoint ? point : `on the way to "${point}"`;
  happened.note(`${wanted} is killed: ${where}`);
  happened.count(killOf(wanted, where));
  await seen(stage.signal, () => running(deployment, role));
  // A service that is killed again before it was ever up proves nothing.
  if (role !== 'worker') await untilUp(deployment, stage.signal);
}

function running(deployment: Deployment, role: Role): ServiceProcess | undefined {
  const found = deployment.processOf(role);
  return found.hasEnded() ? undefined : found;
}

async function untilUp({ addresses }: Deployment, signal: AbortSignal): Promise<void> {
  while (!(await isUp(addresses.api))) await sleep(200, undefined, { signal });
}

const isUp = (api: string): Promise<boolean> =>
  fetch(`${api}/healthz`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The API may just be starting. */
async function untilPut(deployment: Deployment, signal: AbortSignal): Promise<void> {
  for (;;) {
    const failure = await deployment.putBrand().catch((error: unknown) => error);
    if (failure === undefined) return;
    await sleep(500, undefined, { signal });
  }
}
