import { z } from 'zod';
import { failureOf, type HttpReply } from '../http';
import { PartnerError } from '../partner-error';

export const PARTNER = 'kustomer';

/**
 * The failure that a status stands for. Kustomer has two shapes of errors and codes that differ by service, so the status
 * decides (Kustomer, "Errors"); of the body only names are repeated, because its texts may quote what was sent.
 */
export function kustomerFailure(what: string, reply: HttpReply, sent?: object): PartnerError {
  switch (reply.status) {
    case 401:
    case 403:
      return new PartnerError(PARTNER, 'credentials', `${what} was answered ${reply.status}: ${keyFault(reply.body)}`);
    case 429:
      return failureOf(PARTNER, what, reply, untilReset(reply));
    case 400:
    case 422:
      return new PartnerError(
        PARTNER,
        'rejected',
        `${what} was answered ${reply.status}: ${fieldFault(reply.body, sent)}`,
      );
    default:
      return namesPods(reply)
        ? new PartnerError(PARTNER, 'credentials', `${what} was answered ${reply.status}: ${keyFault(reply.body)}`)
        : failureOf(PARTNER, what, reply);
  }
}

/** The text of a key of another region is documented, its status is "4xx". */
function namesPods({ status, body }: HttpReply): boolean {
  return status >= 400 && status < 500 && /\b(pod|region)\b/i.test(body) && /\bprod\d{1,2}\b/.test(body);
}

/** A key of another region is told the pod it belongs to and the pod that it came to (Kustomer, "Regions and base URLs"). */
function keyFault(body: string): string {
  const pods = [...new Set(body.match(/\bprod\d{1,2}\b/g))];
  return /\b(pod|region)\b/i.test(body) || pods.length > 0
    ? `the API key belongs to another region${pods.length === 0 ? '' : ` (${pods.join(', ')})`}; check org and baseUrl`
    : 'the API key is revoked, expired or lacks the role for this call; roles are fixed, so make a new key';
}

const entry = z.object({
  detail: z.string().optional(),
  message: z.string().optional(),
  source: z
    .object({ parameter: z.string(), parameters: z.array(z.string()), pointer: z.string() })
    .partial()
    .optional(),
});
const errorBody = z.object({ errors: z.array(entry) });

function fieldFault(body: string, sent: object | undefined): string {
  const names = namedFields(body, sent);
  return names.length === 0 ? 'it does not say which field it refuses' : `it refuses ${names.join(', ')}`;
}

/** Names of fields only: those in their own place, else attributes that were sent and that a text mentions. */
function namedFields(body: string, sent: object | undefined): string[] {
  const entries = readErrors(body);
  const placed = entries.flatMap(({ source }) => source?.parameter ?? source?.parameters ?? source?.pointer ?? []);
  const names = placed.filter((name) => /^[\w./-]{1,120}$/.test(name));
  if (names.length > 0) return [...new Set(names)];
  const texts = entries.map(({ detail, message }) => `${detail ?? ''} ${message ?? ''}`).join(' ');
  return attributesOf(sent).filter((name) => texts.includes(name));
}

function attributesOf(sent: object | undefined): string[] {
  const custom: unknown = sent !== undefined && 'custom' in sent ? sent.custom : undefined;
  return typeof custom === 'object' && custom !== null ? Object.keys(custom) : [];
}

function readErrors(body: string): z.infer<typeof entry>[] {
  try {
    return errorBody.parse(JSON.parse(body)).errors;
  } catch {
    // A proxy's page instead of Kustomer's errors: the status says enough.
    return [];
  }
}

const LONGEST_WAIT_MS = 120_000;
const USUAL_WAIT_MS = 60_000;

/** Until `x-ratelimit-reset`, in epoch seconds (Kustomer, "Rate limits"): 1 s to 2 min; without the header its window of 60 s. */
export function untilReset({ headers }: HttpReply): number {
  const reset = Number(headers['x-ratelimit-reset'] || Number.NaN);
  if (Number.isNaN(reset)) return USUAL_WAIT_MS;
  return Math.min(LONGEST_WAIT_MS, Math.max(1_000, reset * 1_000 - Date.now()));
}
