import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';

import type { Reply, SimRequest } from '../http/route';
import { act } from './act';
import { Command, idFits } from './command';
import type { Delivery } from './state';
import { timestamp, type World } from './world';

/** `POST /commands`: verify, keep, act once per `webhook-id`, and only then say yes. */
export function receive(world: World, { headers, raw }: SimRequest): Reply {
  const webhookId = headers['webhook-id'] ?? null;
  const duplicate = world.state.deliveries.some((each) => each.webhookId === webhookId && each.body !== null);
  const verified = isSigned(world, headers, raw);
  const read = verified ? readCommand(webhookId ?? '', raw) : 'bad signature';
  const [body, problem] = typeof read === 'string' ? [null, read] : [read, null];
  const delivery: Delivery = {
    at: timestamp(world),
    webhookId,
    headers,
    raw,
    verified,
    duplicate,
    body,
    problem,
  };
  world.state.deliveries.push(delivery);
  if (!verified) return { status: 401, body: { error: problem } };
  if (body === null) return { status: 400, body: { error: problem } };
  if (!duplicate) act(world, body, webhookId ?? '');
  return { status: 200, body: { received: webhookId } };
}

function isSigned({ signingSecrets }: World, headers: SimRequest['headers'], raw: string): boolean {
  return signingSecrets.some((secret) => {
    try {
      new Webhook(secret).verify(raw, headers, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  });
}

/** The command, or what is wrong with it. */
function readCommand(webhookId: string, raw: string): Command | string {
  let json: unknown;
  try {
    json = JSON.parse(raw);
  } catch {
    return 'not JSON';
  }
  const parsed = Command.safeParse(json);
  if (!parsed.success) return z.prettifyError(parsed.error);
  return idFits(webhookId, parsed.data)
    ? parsed.data
    : `webhook-id ${webhookId} is not the one of this ${parsed.data.type}`;
}
