import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** A JSON Schema (2020-12), as OpenAPI 3.1 takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Turns zod schemas into JSON Schemas. Those with an `id` become components and are referred to. */
export interface Schemas {
  /** The schema of what is sent (`input`) or of what is answered (`output`). */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** Those with an id that were met so far, by id. */
  readonly components: Readonly<Record<string, JsonSchema>>;
}

export function createSchemas(): Schemas {
  const components: Record<string, JsonSchema> = {};
  const known = { input: new Map<z.ZodType, JsonSchema>(), output: new Map<z.ZodType, JsonSchema>() };

  function keep(id: string, schema: JsonSchema): void {
    const first = (components[id] ??= schema);
    if (!isDeepStrictEqual(first, schema))
      throw new Error(`Two schemas are called ${id}, or one that is not the same when sent and when answered.`);
  }

  function convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs, ...shape } = inComponents(z.toJSONSchema(schema, { io, override: leaveOutPattern }));
    for (const [id, definition] of Object.entries($defs ?? {})) keep(id, definition);
    return shape;
  }

  return {
    components,
    of(schema, io) {
      const shape = known[io].get(schema) ?? convert(schema, io);
      known[io].set(schema, shape);
      return shape;
    },
  };
}

/** What `format: date-time` says already, in three lines of hieroglyphs. */
function leaveOutPattern({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
}

type WithDefinitions = JsonSchema & { $defs?: Readonly<Record<string, JsonSchema>> };

/** Definitions have another place in OpenAPI. */
function inComponents(schema: object): WithDefinitions {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as WithDefinitions;
}
