import { type Logger } from 'pino';
import { type z } from 'zod';
import { type AuditDetails } from '../store/audit';
import { isJsonType, readJson } from '../intake/json-body';
import { type Access, type Requirement } from './access';
import { type ApiParts } from './parts';
import { parse } from './invalid-input';
import { Problem } from './problem';

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

/** What a handler answers with. `noted` goes into the audit log: ids that only the outcome gives. */
export type Reply = { status: number; noted?: AuditDetails } & ({ json?: unknown } | { html: string });

/** A request before it is parsed. `params` are decoded. */
export interface RawCall {
  params: Readonly<Record<string, string>>;
  query: unknown;
  header(name: string): string | undefined;
  body(): Promise<Buffer>;
  access: Access;
  log: Logger;
  /** Is called when the input is in order and before anything is done: the audit log's line before the act. */
  asked(details: AuditDetails): Promise<void>;
}

/** What a route says of itself. */
interface Description<Path extends string> {
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
}

/** One row of the table of routes. */
export interface Route extends Description<string> {
  query?: z.ZodType;
  body?: z.ZodType;
  answer(call: RawCall, parts: ApiParts): Promise<Reply>;
}

interface Definition<Path extends string, Query, Body> extends Description<Path> {
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** What the audit log keeps of the body: ids and choices, never a secret and never what a person wrote. */
  noted?(body: Body): AuditDetails;
  handle(call: Call<ParamsOf<Path>, Query, Body>, parts: ApiParts): Promise<Reply>;
}

/** A row of the table whose handler gets its input parsed: faults are answered before the handler is called. */
export function route<const Path extends string, Query = undefined, Body = undefined>(
  definition: Definition<Path, Query, Body>,
): Route {
  const { handle, noted, ...description } = definition;
  return {
    ...description,
    answer: async (raw, parts) => {
      const query = definition.query === undefined ? undefined : parse(definition.query, raw.query, 'query');
      const body = definition.body === undefined ? undefined : parse(definition.body, await jsonOf(raw), '');
      // The types of a row follow from its schemas: without a schema the part is undefined.
      const call = { ...raw, params: raw.params as ParamsOf<Path>, query: query as Query, body: body as Body };
      await raw.asked(noted?.(call.body) ?? {});
      return handle(call, parts);
    },
  };
}

async function jsonOf(raw: RawCall): Promise<unknown> {
  const body = await raw.body();
  if (!isJsonType(raw.header('content-type'))) throw new Problem('not-json-type');
  const json = readJson(body);
  if (json === null) throw new Problem('not-json');
  return json.value;
}
