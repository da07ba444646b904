import type { Callback } from '../../sandbox/brand-backend/state';
import { grouped } from './commands';
import type { Records } from './records';
import { broken, type Finding } from './violation';

const said = ({ body }: Pick<Callback, 'body'>): string => JSON.stringify(body);

/** P5: of all that a brand answered about a resolution one answer was accepted, every other was refused by 409, and that one was reported. */
export function oneAnswer({ callbacks, reports }: Records): Finding {
  const byResolution = grouped(callbacks, ({ resolutionId }) => resolutionId);
  return {
    checked: 'resolutions with answers',
    count: byResolution.size,
    violations: [...byResolution].flatMap(([resolutionId, given]) => {
      const claimId = given[0]?.claimId ?? null;
      const accepted = [...new Set(given.filter(({ state }) => state === 'accepted').map(said))];
      const refused = given.filter(({ state }) => state === 'refused');
      const odd = refused.filter(({ attempts }) => attempts.at(-1)?.answer !== 409);
      const own = reports.filter(({ status, idempotencyKey }) => status < 300 && idempotencyKey === resolutionId);
      const reported = new Set(own.map(({ body }) => JSON.stringify(body)));
      const [answer] = accepted;
      return [
        ...(accepted.length > 1
          ? [
              broken(
                claimId,
                `${accepted.length} different answers to ${resolutionId} were accepted: ${accepted.join(' and ')}`,
              ),
            ]
          : []),
        ...(accepted.length === 0 && refused.length > 0
          ? [broken(claimId, `no answer to ${resolutionId} was accepted`)]
          : []),
        ...odd.map((one) =>
          broken(claimId, `an answer to ${resolutionId} was refused by ${one.attempts.at(-1)?.answer}: ${said(one)}`),
        ),
        ...(answer !== undefined && refused.some((one) => said(one) === answer)
          ? [broken(claimId, `a repeat of the accepted answer to ${resolutionId} was refused`)]
          : []),
        ...(reported.size > 1
          ? [broken(claimId, `${resolutionId} was reported as ${[...reported].join(' and ')}`)]
          : []),
        ...own
          .filter(({ body }) => answer !== undefined && accepted.length === 1 && !isOf(body, answer))
          .map(({ body }) =>
            broken(claimId, `${JSON.stringify(body)} was reported of ${resolutionId}, and ${answer} was accepted`),
          ),
      ];
    }),
  };
}

/** Whether a report tells of this answer: the brand's own id of the refund or the order is in both. */
function isOf(body: unknown, answer: string): boolean {
  const { refundId, reshipmentSourceOrderId } = body as { refundId?: string; reshipmentSourceOrderId?: string };
  const given = JSON.parse(answer) as { refundId?: string; reshipOrderId?: string };
  return refundId === given.refundId && reshipmentSourceOrderId === given.reshipOrderId;
}
