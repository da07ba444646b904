import { channel } from 'node:diagnostics_channel';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type SentAnswer } from './check';

/** Sees every answer of the API in this process, whoever asked, whatever came of it. */
export interface Watch {
  /** What was sent since the last call. */
  take(): SentAnswer[];
  stop(): void;
}

const requests = channel('http.server.request.start');

/** `mark` is the header by which answers of the API are known: the simulators give none an id. */
export function watchAnswers(mark = 'x-request-id'): Watch {
  let answers: SentAnswer[] = [];

  const listener = (message: unknown): void => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const chunks: Buffer[] = [];
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    const write = response.write.bind(response) as (...args: unknown[]) => boolean;
    const keep = (chunk: unknown): void => {
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
    };
    response.write = (...args: unknown[]) => (keep(args[0]), write(...args));
    response.end = (...args: unknown[]) => {
      keep(args[0]);
      if (response.hasHeader(mark)) answers.push(answerOf(request, response, chunks));
      return end(...args);
    };
  };
  requests.subscribe(listener);

  return {
    take() {
      const taken = answers;
      answers = [];
      return taken;
    },
    stop: () => void requests.unsubscribe(listener),
  };
}

function answerOf({ method = '', url = '' }: IncomingMessage, response: ServerResponse, chunks: Buffer[]): SentAnswer {
  return {
    method,
    path: url.split('?')[0] ?? '',
    status: response.statusCode,
    contentType: response.getHeader('content-type')?.toString(),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
