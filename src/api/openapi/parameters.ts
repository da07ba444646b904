import { z } from 'zod';
import { brandSlug } from '../../store/brand-config';
import { type Schemas } from './schemas';

/** What stands in braces in the paths of the table, by name. */
const IN_PATH: Readonly<Record<string, z.ZodType>> = {
  brand: brandSlug,
  claimId: z.string().meta({ description: "The source's own id of the claim, percent-encoded", example: 'cmxk3v8q2' }),
  resolutionId: z.string().meta({ description: 'As the command gave it', example: 'res_9f0c2a417be05d11' }),
  id: z.string().meta({ description: 'As the list gave it' }),
  slug: z.string().meta({ description: 'The last part of the type of a problem', example: 'unknown-claim' }),
};

export function pathParameters(path: string, schemas: Schemas): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const schema = IN_PATH[name];
    if (schema === undefined) throw new Error(`{${name}} in the path ${path} is not described in parameters.ts`);
    return parameter('path', name, schema, true, schemas);
  });
}

/** The members of a query's object. */
export function queryParameters(query: z.ZodType | undefined, schemas: Schemas): object[] {
  if (query === undefined) return [];
  if (!(query instanceof z.ZodObject)) throw new Error('A query is described by an object.');
  return Object.entries(query.shape as Record<string, z.ZodType>).map(([name, schema]) =>
    // Only what may be left out is parsed from an object without it.
    parameter('query', name, schema, !z.object({ [name]: schema }).safeParse({}).success, schemas),
  );
}

function parameter(place: 'path' | 'query', name: string, schema: z.ZodType, required: boolean, schemas: Schemas) {
  const { description, ...shape } = schemas.of(schema, 'input');
  return { name, in: place, required, ...(description === undefined ? {} : { description }), schema: shape };
}
