import { z } from 'zod';

/** One fault of an input: where ("amount", "query.phase") and what is wrong there. */
export const fault = z.strictObject({ path: z.string(), message: z.string() });

/** A problem document (RFC 9457). */
export const problemDocument = z
  .strictObject({
    type: z.string().meta({ description: 'A path whose page says cause and fix; tell problems apart by it' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().exactOptional().meta({ description: 'What is special to this case' }),
    errors: z.array(fault).exactOptional().meta({ description: 'Each fault of the input' }),
    expected: z.string().exactOptional().meta({ description: 'What an answer to a resolution should have said' }),
    scope: z.string().exactOptional().meta({ description: 'The scope that the token lacks' }),
    failing: z.array(z.string()).exactOptional().meta({ description: 'What does not answer' }),
    requestId: z.string().meta({ description: 'What the log calls this request; also in the header x-request-id' }),
  })
  .meta({ id: 'Problem' });

export type Fault = z.output<typeof fault>;
export type ProblemDocument = z.output<typeof problemDocument>;
