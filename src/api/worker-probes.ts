import { type RequestListener } from 'node:http';
import { type Logger } from 'pino';
import { type Metrics } from '../metrics';
import { failingOf } from './readiness';

interface Parts {
  /** What a worker needs, asked at each probe. */
  needs(): Readonly<Record<string, Promise<void>>>;
  metrics: Metrics;
  log: Logger;
}

/** What a process answers that only works: whether it is up, whether it works, and what is measured. */
export function workerProbes({ needs, metrics, log }: Parts): RequestListener {
  const answers: Readonly<Record<string, () => Promise<[status: number, type: string, body: string]>>> = {
    '/healthz': async () => [200, 'application/json', JSON.stringify({ status: 'up' })],
    '/readyz': async () => {
      const failing = await failingOf(needs(), log);
      const [status, said] =
        failing.length === 0 ? [200, { status: 'ready' }] : [503, { status: 'not ready', failing }];
      return [status, 'application/json', JSON.stringify(said)];
    },
    '/metrics': async () => [200, metrics.contentType, await metrics.text()],
  };
  return (req, res) => {
    const path = req.url?.split('?')[0] ?? '';
    const answer = Object.hasOwn(answers, path) && req.method === 'GET' ? answers[path] : undefined;
    if (answer === undefined) return void res.writeHead(404).end();
    answer().then(
      ([status, type, body]) => res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      (error: unknown) => {
        log.error({ err: error }, 'a probe failed');
        res.writeHead(500).end();
      },
    );
  };
}
