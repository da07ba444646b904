/** What one kind of problem means: the text of its page, and of every answer of its type. */
interface ProblemKind {
  status: number;
  title: string;
  cause: string;
  fix: string;
}

/**
 * Every problem this API answers with, by the last part of its `type` (`/problems/{slug}`). Slugs are part of the contract:
 * callers tell problems apart by them, so a slug is never renamed or given another meaning.
 */
export const PROBLEMS = {
  'bad-path': {
    status: 400,
    title: 'The path cannot be read',
    cause: 'A percent-encoded part of the path is not valid UTF-8.',
    fix: 'Encode each id with percent-encoding (encodeURIComponent in JavaScript) before it is put into the path.',
  },
  'bad-request': {
    status: 400,
    title: 'The request cannot be read',
    cause: 'The body ended early, is compressed wrongly, or the request is no valid HTTP.',
    fix: 'Send the request again whole, with a Content-Length that is right or in chunks.',
  },
  'not-json': {
    status: 400,
    title: 'The body is not JSON',
    cause: 'The body is not valid JSON in UTF-8.',
    fix: 'Send a body of valid JSON, encoded in UTF-8.',
  },
  'not-authenticated': {
    status: 401,
    title: 'No valid token',
    cause: 'There is no Authorization header of the form "Bearer ck_…", or the token is unknown or revoked.',
    fix: 'Send a token of this brand as "Authorization: Bearer ck_…". Tokens are minted with POST /v1/brands/{brand}/tokens.',
  },
  'wrong-webhook-secret': {
    status: 401,
    title: 'Wrong webhook secret',
    cause:
      "Order Protection: the header x-webhook-secret is missing, or is none of the brand's secrets. Karla: the header Karla-Signature is missing, was made with none of the brand's secrets, over other bytes, or more than 300 seconds ago; or the shop_id is another shop's.",
    fix: "Put the sender's secret into orderProtection.webhookSecrets or karla.webhookSecrets of the brand; two secrets may be valid at once while they are rotated. Karla: check karla.shopId, and the clocks.",
  },
  'missing-scope': {
    status: 403,
    title: 'The token lacks the scope',
    cause: 'The token is valid, but was minted without the scope that this call needs. Scopes do not imply each other.',
    fix: 'Mint a token with the scope named in the answer.',
  },
  'foreign-address': {
    status: 403,
    title: 'The sender is at none of the allowed addresses',
    cause:
      "The brand takes this source's webhooks from certain addresses only (sourceAddresses), and this request came from another one.",
    fix: "Add the sender's address range to sourceAddresses of the brand. Behind a load balancer, operators name it in CLAIMKEEPER_TRUSTED_PROXIES.",
  },
  'unknown-route': {
    status: 404,
    title: 'No such route',
    cause: 'Nothing is served at this path.',
    fix: 'Check the path for typing mistakes; ids must be percent-encoded.',
  },
  'unknown-brand': {
    status: 404,
    title: 'No such brand',
    cause:
      'There is no brand of this name, it does not use this source of webhooks, or the token belongs to another brand.',
    fix: "Check the brand's name in the path, its configuration, and whose token is used.",
  },
  'unknown-claim': {
    status: 404,
    title: 'No such claim',
    cause: 'No claim with this id has been heard of for this brand.',
    fix: 'Use the claim id of Order Protection or Karla, untouched.',
  },
  'unknown-resolution': {
    status: 404,
    title: 'No such resolution',
    cause: 'No resolution with this id was ever commanded for this claim of this brand.',
    fix: 'Use the address given as answer.url in the command, or its claimId and resolutionId untouched.',
  },
  'unknown-delivery': {
    status: 404,
    title: 'No such delivery',
    cause: 'The intake log of this brand holds no delivery with this id.',
    fix: 'List the deliveries of the brand with GET /v1/brands/{brand}/deliveries.',
  },
  'unknown-token': {
    status: 404,
    title: 'No such token',
    cause: 'This brand has no token with this id; it may have been revoked already.',
    fix: 'List the tokens of the brand with GET /v1/brands/{brand}/tokens.',
  },
  'unknown-problem': {
    status: 404,
    title: 'No such problem',
    cause: 'There is no kind of problem with this name.',
    fix: 'Follow the "type" of an answer as it stands.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'Wrong method',
    cause: 'This path is served, but not with this method.',
    fix: 'Use one of the methods in the Allow header.',
  },
  'already-answered': {
    status: 409,
    title: 'Another answer was already accepted',
    cause: 'The first valid answer for a resolution wins, and this one differs from it.',
    fix: 'Do nothing if the accepted answer ("expected") is right. If it is wrong, tell an operator: money or goods may have gone out twice.',
  },
  'other-kind': {
    status: 409,
    title: 'The answer is of another kind than the approval',
    cause: 'A refund was answered with a reship, or a reship with a refund.',
    fix: 'Answer with what is expected, or decline and say why; an operator can change the terms.',
  },
  'more-money': {
    status: 409,
    title: 'More money than was approved',
    cause: 'The refund in the answer is larger than the approved amount.',
    fix: 'Refund at most the approved amount ("expected"). If more has been paid, tell an operator.',
  },
  'other-currency': {
    status: 409,
    title: 'Another currency than was approved',
    cause: 'The refund in the answer is in another currency than the approved amount.',
    fix: 'State the amount in the approved currency ("expected").',
  },
  'action-refused': {
    status: 409,
    title: 'The claim refuses this action',
    cause: 'The claim is not in a state in which this action makes sense; the detail says why.',
    fix: 'Read the claim, then choose the action that fits its attention.',
  },
  'no-kustomer-key': {
    status: 409,
    title: 'The brand has no Kustomer API key',
    cause: 'The configuration of the brand has no section kustomer, or no apiKey in it.',
    fix: 'Put kustomer.org and kustomer.apiKey with PUT /v1/brands/{brand}. The roles that the key needs are in docs/onboarding.md.',
  },
  'kustomer-plan-blocked': {
    status: 409,
    title: 'The plan is blocked',
    cause: 'The API key lacks roles, or the mapping does not go with the Klass; "errors" names each.',
    fix: 'Roles of a key cannot be changed: make a new key with exactly the leastRoles of GET /v1/brands/{brand}/kustomer/plan and put it. Mend each named attribute of kustomer.mapping. Then apply again.',
  },
  'body-erased': {
    status: 409,
    title: 'The body of the delivery was erased',
    cause: 'Bodies are erased after policy.retentionDays of the brand; only what is needed to know a repeat is kept.',
    fix: 'Have the sender send it again as a new event, or do by hand what it was about.',
  },
  'claims-open': {
    status: 409,
    title: 'The brand has open claims',
    cause: 'A brand is removed only when none of its claims is open and none of its deliveries is pending.',
    fix: 'Wait until its deliveries are delivered and its claims have settled, or close them.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long',
    cause: 'Its headers were not there within 10 seconds, or all of it within 30.',
    fix: 'Send the request again, in one go.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    cause: 'The headers have more than 16 KiB.',
    fix: 'Send fewer or shorter headers.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    cause: 'The body has more than 1 MiB (1,048,576 bytes).',
    fix: 'Send less in one request.',
  },
  'not-json-type': {
    status: 415,
    title: 'The content type is not JSON',
    cause:
      "The Content-Type is missing or is none of application/json, or the body's charset or encoding is not supported.",
    fix: 'Send "Content-Type: application/json", in UTF-8.',
  },
  'invalid-input': {
    status: 422,
    title: 'The input is not valid',
    cause:
      'The JSON or the query could be read, but does not say what this call needs; "errors" names each fault and where it is.',
    fix: 'Mend each fault named in "errors" and send the request again.',
  },
  'kustomer-key-refused': {
    status: 422,
    title: 'Kustomer refuses the API key',
    cause:
      'The API key in the configuration is revoked, expired, of another region, or lacks a role; the detail says more.',
    fix: 'Make a new key in Kustomer (Settings, Security, API Keys) and put it as kustomer.apiKey with PUT /v1/brands/{brand}.',
  },
  'too-many-attempts': {
    status: 429,
    title: 'Too many wrong tokens or secrets',
    cause:
      'Too many requests with a wrong token, webhook secret or signature came from this address within a minute, so the next ones are not looked at. An address whose requests were right before is not kept out.',
    fix: 'Correct the token or secret, wait as long as Retry-After says, and send the request again. Behind a load balancer, operators name it in CLAIMKEEPER_TRUSTED_PROXIES, so that callers are told apart.',
  },
  'too-many-calls': {
    status: 429,
    title: 'Too many calls with this token',
    cause:
      'More calls were made with this token within a minute than one token may make; RateLimit-Policy says how many.',
    fix: 'Wait as long as Retry-After says, and send the request again. Lists come in pages: read them instead of claim by claim.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    cause: 'A fault in this service.',
    fix: 'Try again; if it stays, give the requestId of the answer to the operators of this service, who find it in the log.',
  },
  'kustomer-refused': {
    status: 502,
    title: 'Kustomer refuses what was asked',
    cause: 'Kustomer answered that it will not do one of the steps; the detail names the step, and what it refuses.',
    fix: 'Mend what the detail names, in Kustomer or in kustomer.mapping, and send the request again: it goes on where it stopped.',
  },
  'kustomer-unavailable': {
    status: 502,
    title: 'Kustomer does not answer',
    cause: "Kustomer cannot be reached, failed, or asks to wait because the org's request budget is used up.",
    fix: 'Send the request again later: it goes on where it stopped.',
  },
  'not-stored': {
    status: 503,
    title: 'The webhook could not be stored',
    cause: 'The database did not take the webhook, so it was not accepted.',
    fix: 'Send it again later: a repeat is recognised. Operators: see GET /readyz.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The database does not answer',
    cause: 'The service runs, but its database is not reachable at the moment.',
    fix: 'Try again later: every call may be repeated. Operators: see GET /readyz and DATABASE_URL.',
  },
  'temporal-unavailable': {
    status: 503,
    title: 'Temporal does not answer',
    cause:
      'This call needs the Temporal server, which is not reachable at the moment. Webhooks and callbacks are accepted all the same.',
    fix: 'Try again later. Operators: see GET /readyz and TEMPORAL_ADDRESS.',
  },
  'no-worker': {
    status: 503,
    title: 'No worker answered in time',
    cause: "The claim's workflow did not answer within the deadline, so it is not known whether the action was done.",
    fix: 'Read the claim, then try again. Operators: check that a worker is running.',
  },
  'not-ready': {
    status: 503,
    title: 'Not ready',
    cause: 'What this service needs does not answer; "failing" names it.',
    fix: 'Bring up what "failing" names; without the database (DATABASE_URL) nothing can be taken.',
  },
} as const satisfies Record<string, ProblemKind>;

/** The name of a problem. */
export type Slug = keyof typeof PROBLEMS;

/** Whether there is such a problem. */
export function isSlug(value: string): value is Slug {
  return Object.hasOwn(PROBLEMS, value);
}

/** The stable `type` of a problem: an absolute path, whose page says cause and fix. */
export function typeOf(slug: Slug): string {
  return `/problems/${slug}`;
}
