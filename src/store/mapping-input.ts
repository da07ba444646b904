import { z } from 'zod';
import { faultsIn } from '../claims/mapping/check';
import { type Mapping } from '../claims/mapping/mapping';

const source = z.union(
  [
    z.string().min(1).max(500),
    z.strictObject({ const: z.union([z.string().min(1).max(1_024), z.number(), z.boolean()]) }),
    z.strictObject({ template: z.string().min(1).max(2_000) }),
    z.strictObject({ clear: z.literal(true) }),
    z.null(),
  ],
  { error: 'must be a path in the claim, { "const": … }, { "template": "…" }, { "clear": true } or null' },
);
const attributes = z.record(z.string().min(1).max(200), source);
const description =
  'By attribute: a path in the claim, { "const": … }, { "template": "… {path} …" }, { "clear": true } or null (leaves a default out).';

/** A mapping as it is kept: what was right when it was put stays readable, whatever paths there are today. */
export const keptMapping = attributes.default({}).meta({ description });

/** A mapping that somebody must give: every fault is named with its attribute. */
export const mappingInput = attributes
  .superRefine((mapping: Mapping, context) => {
    for (const { attribute, message } of faultsIn(mapping))
      context.addIssue({ code: 'custom', path: [attribute], message });
  })
  .meta({ description });

/** The mapping of a brand's configuration: none given is the defaults. */
export const givenMapping = mappingInput.default({}).meta({ description });
