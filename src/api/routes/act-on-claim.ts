import { z } from 'zod';
import { type AuditDetails } from '../../store/audit';
import { type ClaimAction } from '../../temporal/claims-port';
import { currency, decimal, line, prose } from '../input';
import { Problem } from '../problem';
import { route } from '../route';
import { claim } from '../views/claim';

const ruling = z.strictObject({ reason: prose(1_000) });
const resolutionRuling = ruling.extend({ resolutionId: line(100) });
const amount = z
  .strictObject({ amount: decimal, currency })
  .meta({ description: "A refund's money; left out, it is what was approved" });
const kustomerId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, 'must be an id of Kustomer: 24 hexadecimal digits')
  .meta({ description: 'The customer in Kustomer', example: '68f0a1b2c3d4e5f607182930' });

/**
 * `POST …/claims/{claimId}/{action}`: an operator's update of the claim, with the caller as its actor. The reason is not `noted`:
 * people may write of customers in it, and it stands in the claim's timeline.
 */
function action<const Name extends string, Body>(
  name: Name,
  summary: string,
  body: z.ZodType<Body>,
  update: (said: Body & { actor: string }) => ClaimAction,
  noted: (said: Body) => AuditDetails = () => ({}),
) {
  return route({
    name: name.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase()),
    method: 'post',
    path: `/v1/brands/{brand}/claims/{claimId}/${name}`,
    requires: 'operate',
    summary,
    answers: { 200: claim },
    problems: ['unknown-claim', 'action-refused', 'no-worker', 'temporal-unavailable'],
    body,
    noted,
    handle: async ({ params: { brand, claimId }, body: said, access: { actor } }, { claims }) => {
      const result = await claims.act(brand, claimId, update({ ...said, actor }));
      switch (result.outcome) {
        case 'done':
          return { status: 200, json: result.claim };
        case 'refused':
          throw new Problem('action-refused', result.reason);
        case 'unknownClaim':
          throw new Problem('unknown-claim');
        case 'noWorker':
          throw new Problem('no-worker');
      }
    },
  });
}

export const actOnClaim = [
  action('retry-sync', 'Ends every wait of a claim and tries again now', ruling, (argument) => ({
    update: 'retrySync',
    argument,
  })),
  action('hold', 'Holds a claim: no new command and no new report, nothing else stops', ruling, (argument) => ({
    update: 'hold',
    argument,
  })),
  action('release', 'Lets a claim that is held go on', ruling, (argument) => ({ update: 'release', argument })),
  action(
    'confirm-resolution',
    'Accepts or refuses a resolution that waits for an operator',
    resolutionRuling.extend({ accept: z.boolean() }),
    (argument) => ({ update: 'confirmResolution', argument }),
    ({ resolutionId, accept }) => ({ resolutionId, accept }),
  ),
  action(
    'override-resolution',
    'Withdraws a resolution and commands other terms for the same lines',
    resolutionRuling.extend({ kind: z.enum(['refund', 'reship']), amount: amount.exactOptional() }),
    (argument) => ({ update: 'overrideResolution', argument }),
    ({ resolutionId, kind, amount: money }) => ({ resolutionId, kind, ...(money === undefined ? {} : money) }),
  ),
  action(
    'confirm-report',
    'Says that a report was made by hand',
    resolutionRuling,
    (argument) => ({ update: 'confirmReport', argument }),
    ({ resolutionId }) => ({ resolutionId }),
  ),
  action(
    'extend-deadline',
    'Gives the brand longer to answer; it is escalated after that time only',
    ruling.extend({ until: z.iso.datetime({ offset: true }).meta({ example: '2026-03-09T12:00:00Z' }) }),
    (argument) => ({ update: 'extendDeadline', argument }),
    ({ until }) => ({ until }),
  ),
  action(
    'relink-customer',
    "Makes a claim's Klaim anew under another customer of Kustomer, and removes the old one",
    ruling.extend({ customerId: kustomerId }),
    (argument) => ({ update: 'relinkCustomer', argument }),
    ({ customerId }) => ({ customerId }),
  ),
  action('close-claim', 'Closes a claim, whatever it waits for', ruling, (argument) => ({
    update: 'closeClaim',
    argument,
  })),
];
