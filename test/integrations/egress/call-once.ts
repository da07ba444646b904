import { loopbackHttp } from '../../support/loopback-http';

// One call in a process of its own, whose environment the test chooses: `call-once.ts <url>` prints the answer or the failure.
const [, , url = ''] = process.argv;
loopbackHttp()({ partner: 'partner', method: 'GET', url }).then(
  ({ body }) => process.stdout.write(body),
  (error: unknown) => process.stdout.write(String(error)),
);
