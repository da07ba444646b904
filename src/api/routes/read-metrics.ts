import { route } from '../route';

export const readMetrics = route({
  name: 'readMetrics',
  method: 'get',
  path: '/metrics',
  requires: 'nothing',
  summary: 'What is measured of this process, for Prometheus',
  answers: { 200: { mediaType: 'text/plain' } },
  problems: [],
  handle: async (_call, { metrics }) => ({
    status: 200,
    text: await metrics.text(),
    headers: { 'content-type': metrics.contentType },
  }),
});
