import { commandsOf } from './commands';
import type { Records } from './records';
import { broken, type Finding } from './violation';

/** P4: each command is for what Order Protection itself has on record, decided there before, in kind and amount. */
export function noUnsignedWord({ claims, commands }: Records): Finding {
  const requests = commandsOf(commands, 'resolution.requested');
  return {
    checked: 'commands against Order Protection’s own record',
    count: requests.length,
    violations: requests.flatMap(({ at, webhookId, body: { data } }) => {
      const claim = claims.find(({ id }) => id === data.claimId);
      const approved = (claim?.resolutions ?? []).filter(({ createdAt }) => createdAt <= at);
      const isOnRecord = approved.some(
        ({ type, details }) =>
          type === data.kind.toUpperCase() &&
          (data.amount === null || Number(data.amount.amount) === details.total_refund_amount),
      );
      if (isOnRecord) return [];
      const amount = data.amount === null ? '' : ` of ${data.amount.amount} ${data.amount.currency}`;
      return [
        broken(data.claimId, `${webhookId} commands a ${data.kind}${amount} that Order Protection never approved`),
      ];
    }),
  };
}
