import { type Logger } from 'pino';
import { type z } from 'zod';
import { type AuditDetails } from '../store/audit';
import { isJsonType, readJson } from '../intake/json-body';
import { DEEPEST, isTooDeep } from '../intake/json-depth';
import { type Access, type Requirement } from './access';
import { type RouteParts } from './parts';
import { invalidInput, parse } from './invalid-input';
import { Problem } from './problem';
import { type Slug } from './problems';

/** What a route's path holds in braces: `/v1/brands/{brand}` has `{ brand: string }`. */
export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name | keyof ParamsOf<Rest>]: string }
  : unknown;

/** What a handler sees: parsed input, and who asks. */
export interface Call<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  access: Access;
  log: Logger;
}

/** An answer that is no JSON. */
export interface MediaForm {
  mediaType: string;
}

/** The statuses of success. */
type Success = 200 | 201 | 202 | 204;

/** What a route answers with when all is well, by status: JSON of this shape, text of this media type, or no body at all. */
export type Answers = Readonly<Partial<Record<Success, z.ZodType | MediaForm | null>>>;

/** What every answer may have beside its body. `noted` goes into the audit log: ids that only the outcome gives. */
interface Extras {
  headers?: Readonly<Record<string, string>>;
  noted?: AuditDetails;
}

/** One answer. */
export type Reply = Extras & { status: Success } & ({ json?: unknown } | { text: string | Buffer });

/** The replies that a handler may give: its statuses, each with what was said of it. */
type ReplyOf<A extends Answers> = {
  [Status in keyof A & Success]: Extras & { status: Status } & (A[Status] extends z.ZodType
      ? { json: z.output<A[Status]> }
      : A[Status] extends MediaForm
        ? { text: string | Buffer }
        : unknown);
}[keyof A & Success];

/** A request before it is parsed. `params` are decoded. */
export interface RawCall {
  params: Readonly<Record<string, string>>;
  query: unknown;
  header(name: string): string | undefined;
  body(): Promise<Buffer>;
  /** `null` when it cannot be known. */
  remoteAddress: string | null;
  access: Access;
  log: Logger;
  /** Is called when the input is in order and before anything is done: the audit log's line before the act. */
  asked(details: AuditDetails): Promise<void>;
}

/** What a route says of itself: all that the description of the API is made of. */
interface Description<Path extends string, A extends Answers> {
  /** What the call is named (`operationId`); unique, and never changed. */
  name: string;
  method: 'get' | 'put' | 'post' | 'delete';
  path: Path;
  /** Who may call it. */
  requires: Requirement;
  /** It changes nothing, but shows what is private: the audit log has a line for each minute of looking. */
  isLook?: true;
  /** Callers on this machine need no token where the API is told so: in the sandbox. */
  opensOnLoopback?: true;
  /** One line for whoever reads the description of the API. */
  summary: string;
  answers: A;
  /** What can go wrong here and nowhere else. What follows from the rest of the row is not listed: see `problemsOf`. */
  problems: readonly Slug[];
}

/** One row of the table of routes. */
export interface Route extends Description<string, Answers> {
  query?: z.ZodType;
  body?: z.ZodType;
  /** The body of a door for webhooks, which reads it by itself, and the header by which a sender proves itself. */
  webhook?: { body: z.ZodType; proof: string };
  answer(call: RawCall, parts: RouteParts): Promise<Reply>;
}

interface Definition<Path extends string, A extends Answers, Query, Body> extends Description<Path, A> {
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** What the audit log keeps of the body: ids and choices, never a secret and never what a person wrote. */
  noted?(body: Body, access: Access): AuditDetails;
  handle(call: Call<ParamsOf<Path>, Query, Body>, parts: RouteParts): Promise<ReplyOf<A>>;
}

/** A row of the table whose handler gets its input parsed: faults are answered before the handler is called. */
export function route<const Path extends string, const A extends Answers, Query = undefined, Body = undefined>(
  definition: Definition<Path, A, Query, Body>,
): Route {
  const { handle, noted, ...description } = definition;
  return {
    ...description,
    answer: async (raw, parts) => {
      const query = definition.query === undefined ? undefined : parse(definition.query, raw.query, 'query');
      const body = definition.body === undefined ? undefined : parse(definition.body, await jsonOf(raw), '');
      // The types of a row follow from its schemas: without a schema the part is undefined.
      const call = { ...raw, params: raw.params as ParamsOf<Path>, query: query as Query, body: body as Body };
      await raw.asked(noted?.(call.body, call.access) ?? {});
      return handle(call, parts);
    },
  };
}

async function jsonOf(raw: RawCall): Promise<unknown> {
  const body = await raw.body();
  if (!isJsonType(raw.header('content-type'))) throw new Problem('not-json-type');
  const json = readJson(body);
  if (json === null) throw new Problem('not-json');
  if (isTooDeep(json.text)) throw invalidInput([{ path: '', message: `is nested deeper than ${DEEPEST} levels` }]);
  return json.value;
}
