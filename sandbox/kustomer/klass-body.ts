import { z } from 'zod';

import { text } from './fields';

/** Update Klass: the name is for ever (Kustomer, "About Klasses"). */
export const KlassUpdateBody = z.strictObject({
  displayName: text(255).optional(),
  icon: text(64).optional(),
  color: text(64).optional(),
  mixins: z.array(z.enum(['commentable', 'assignable', 'editable', 'creatable'])).optional(),
  status: z.enum(['enabled', 'disabled']).optional(),
  klassSchema: z.literal('task').optional(),
  jsonSchema: z.unknown().optional(),
});

export const KlassBody = KlassUpdateBody.extend({
  name: text(255, 1).regex(/^[0-9a-zA-Z_-]+$/, 'has a character that names may not have'),
});
export type KlassBody = z.output<typeof KlassBody>;
