import { brandCommand } from '../../integrations/brand-backend/commands';
import { type Schemas } from './schemas';

/** How commands are signed (Standard Webhooks). */
const PARAMETERS = [
  ['webhook-id', 'What to key on: the same for every repeat of this command'],
  ['webhook-timestamp', 'When this attempt was signed, in seconds since 1970'],
  [
    'webhook-signature',
    'One or more of `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`, separated by blanks: two while secrets are rotated',
  ],
].map(([name, description]) => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }));

const RESPONSES = {
  '2XX': { description: 'Taken: it is not sent again' },
  '410': { description: 'Never send this again; an operator is asked' },
  default: { description: 'Sent again later, with the same webhook-id and the same bytes; redirects are not followed' },
};

/** The section `webhooks`: what a brand's backend is sent, by type. */
export function describeCommands(schemas: Schemas): Record<string, object> {
  return Object.fromEntries(
    brandCommand.options.map((command) => {
      const schema = schemas.of(command, 'output');
      const post = {
        operationId: command.shape.type.value,
        summary: command.description ?? '',
        tags: ['commands'],
        parameters: PARAMETERS,
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: RESPONSES,
      };
      return [command.shape.type.value, { post }];
    }),
  );
}
