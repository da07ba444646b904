import { route } from '../route';

export const readOpenApi = route({
  name: 'readOpenApi',
  method: 'get',
  path: '/openapi.json',
  requires: 'nothing',
  summary: 'Describes the API: this document',
  answers: { 200: { mediaType: 'application/json' } },
  problems: [],
  handle: async (_call, { openapi }) => ({ status: 200, text: openapi }),
});
