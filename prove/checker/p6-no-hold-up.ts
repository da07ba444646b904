import { commandsOf } from './commands';
import type { Outage, Records } from './records';
import { broken, type Finding } from './violation';

/** P6: while a partner was down, what did not need it was done. */
export function noHoldUp(records: Records): Finding {
  const probes = records.outages.flatMap((outage) => outage.probes.map((claimId) => ({ outage, claimId })));
  return {
    checked: 'claims that had to go on while a partner was down',
    count: probes.length,
    violations: probes.flatMap(({ outage, claimId }) =>
      wentOn(records, outage, claimId)
        ? []
        : [
            broken(
              claimId,
              `${WANTED[outage.partner]} did not come while the partner was down, ${outage.from} to ${outage.until}`,
            ),
          ],
    ),
  };
}

const WANTED = { kustomer: 'the command (Kustomer down)', brandBackend: 'the approved Klaim (the brand down)' };

/** Without Kustomer the brand is still commanded; without the brand the Klaim still shows the approval. */
export function wentOn(
  { commands, writes }: Pick<Records, 'commands' | 'writes'>,
  outage: Outage,
  claimId: string,
): boolean {
  const within = (at: string): boolean => at >= outage.from && at <= outage.until;
  if (outage.partner === 'kustomer')
    return commandsOf(commands, 'resolution.requested').some(
      ({ at, body }) => body.data.claimId === claimId && within(at),
    );
  return writes.some(
    ({ at, externalId, body }) =>
      externalId === claimId && within(at) && JSON.stringify(body).includes('"statusStr":"Approved"'),
  );
}
