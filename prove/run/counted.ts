import { type Records } from '../checker/records';
import { type Simulators } from '../../sandbox/simulators';

/** What the partners' own records say of how often things happened. */
export function countedAtPartners(
  { webhooks, commands, callbacks }: Records,
  { kustomer, orderProtection, brandBackend }: Simulators,
): Record<string, number> {
  const bodies = new Map<string, number>();
  for (const { body } of webhooks) bodies.set(body, (bodies.get(body) ?? 0) + 1);
  const repeated = webhooks.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0);
  const counts: Record<string, number> = {
    'webhooks sent': webhooks.length,
    'webhooks doubled': webhooks.length - bodies.size,
    'webhooks that overtook another of their claim': overtakings(webhooks),
    'webhooks sent again for want of a 200': repeated,
    'commands that came again': commands.filter(({ duplicate }) => duplicate).length,
    'callbacks sent again for want of an answer': callbacks.reduce((sum, { attempts }) => sum + attempts.length - 1, 0),
    'callbacks refused by 409': callbacks.filter(({ attempts }) => attempts.at(-1)?.answer === 409).length,
  };
  const partners = { Kustomer: kustomer, 'Order Protection': orderProtection, 'the brand': brandBackend };
  for (const [name, { faults }] of Object.entries(partners))
    for (const [fault, count] of Object.entries(faults.counts()))
      counts[`${name}: ${FAULT_WORDS[fault] ?? fault}`] = count;
  return counts;
}

const FAULT_WORDS: Readonly<Record<string, string>> = {
  lostAnswer: 'acted, answer lost',
  status500AfterCommit: 'acted, answered 500',
  'status 500': 'answered 500',
  'status 429': 'answered 429',
  dropBefore: 'connection cut',
  latency: 'slow or silent',
  down: 'calls while down',
};

type Sent = Records['webhooks'][number];

function overtakings(webhooks: readonly Sent[]): number {
  const acceptedAt = (webhook: Sent): string => webhook.attempts.at(-1)?.at ?? '';
  const latest = new Map<string, string>();
  let count = 0;
  for (const webhook of [...webhooks].sort((a, b) => b.n - a.n)) {
    if (webhook.claimId === null) continue;
    const at = acceptedAt(webhook);
    const earliestOfLater = latest.get(webhook.claimId);
    if (earliestOfLater !== undefined && at > earliestOfLater) count += 1;
    if (earliestOfLater === undefined || at < earliestOfLater) latest.set(webhook.claimId, at);
  }
  return count;
}
