import { setTimeout as sleep } from 'node:timers/promises';
import { wentOn } from '../checker/p6-no-hold-up';
import { type Outage } from '../checker/records';
import { type Chaos } from '../plan/chaos';
import { type ChaosParts } from './chaos';
import { seen } from './look';
import { switchFaultsOff, switchFaultsOn } from './partner-faults';
import { decide, file } from './play';

const NAMES = { kustomer: 'Kustomer', brandBackend: 'the brand' };

/** Has claims filed, takes a partner away, has them approved, and waits until each has gone on without the partner, or has not. */
export async function runOutage(
  { partner, probes }: Extract<Chaos, { do: 'outage' }>,
  { deployment, stage, happened, outageMs }: ChaosParts,
): Promise<Outage> {
  const { kustomer, brandBackend } = deployment.simulators;
  // What is measured is whether the others wait for this partner: they themselves are well meanwhile.
  switchFaultsOff(deployment.simulators);
  for (const probe of probes) await file(probe, stage);
  await seen(stage.signal, () =>
    probes.every(({ claimId }) => kustomer.klaims(claimId).length > 0) ? true : undefined,
  );
  const down = deployment.simulators[partner];
  down.faults.down('503');
  const outage: Outage = {
    partner,
    from: new Date().toISOString(),
    until: '9999',
    probes: probes.map(({ claimId }) => claimId),
  };
  happened.note(`${NAMES[partner]} is down`);
  // They go on when the outage is over; the checker sees what came of them.
  for (const probe of probes) void decide(probe, stage).catch(() => undefined);
  const went = (claimId: string): boolean =>
    wentOn({ commands: brandBackend.commands(claimId), writes: kustomer.writes(claimId) }, outage, claimId);
  const deadline = performance.now() + outageMs;
  while (performance.now() < deadline && !outage.probes.every(went))
    await sleep(100, undefined, { signal: stage.signal });
  outage.until = new Date().toISOString();
  down.faults.up();
  await switchFaultsOn(deployment.simulators);
  happened.note(`${NAMES[partner]} is up again`);
  happened.count(`outages of ${NAMES[partner]} with claims going on`);
  return outage;
}
