import { type JsonSchema } from '../../src/api/openapi/schemas';

type Schemas = Readonly<Record<string, JsonSchema>>;

/**
 * A value that fits a schema of the OpenAPI document: its example where it has one, else the least there can be. A schema whose
 * sample is refused wants an example of its own.
 */
export function sampleOf(schema: JsonSchema, components: Schemas): unknown {
  const {
    $ref,
    const: only,
    enum: words,
    examples,
    example,
    anyOf,
    oneOf,
    type,
    properties,
    required,
    items,
    minItems,
  } = schema as { [key: string]: unknown } & {
    $ref?: string;
    enum?: unknown[];
    examples?: unknown[];
    anyOf?: JsonSchema[];
    oneOf?: JsonSchema[];
    properties?: Schemas;
    required?: string[];
    items?: JsonSchema;
    minItems?: number;
  };
  if ($ref !== undefined) return sampleOf(components[$ref.split('/').at(-1) ?? ''] ?? {}, components);
  const [choice] = anyOf ?? oneOf ?? [];
  const shown = [only, example, examples?.[0], words?.[0]].find((value) => value !== undefined);
  if (shown !== undefined) return shown;
  if (choice !== undefined) return sampleOf(choice, components);
  switch (type) {
    case 'object':
      return Object.fromEntries((required ?? []).map((name) => [name, sampleOf(properties?.[name] ?? {}, components)]));
    case 'array':
      return Array.from({ length: minItems ?? 0 }, () => sampleOf(items ?? {}, components));
    case 'boolean':
      return true;
    case 'number':
    case 'integer':
      return schema['minimum'] ?? 1;
    default:
      return 'x';
  }
}
