import { type Http, type HttpReply, type HttpRequest } from '../../../../src/integrations/http';
import { PartnerError } from '../../../../src/integrations/partner-error';
import { Time } from './time';

/** One attempt of an activity at a worker, as far as others can do something to it. */
export interface Attempt {
  readonly name: string;
  /** The worker dies: nothing that it asked for is ever answered. */
  die(): void;
  /** The worker loses touch with the engine and carries on. */
  loseTouch(): void;
}

/** What goes wrong with the request whose turn it is. `late`: the worker is told of a lost connection, and the request arrives later. */
export type Mishap = 'none' | 'late' | 'dies before' | 'dies after' | 'loses touch';

/** Whose turn it is, among those who wait. */
export interface Turn {
  turn: number | 'time passes';
  mishap?: Mishap;
}

interface Waiting {
  readonly attempt: Attempt;
  readonly request: HttpRequest;
  answer(outcome: Promise<HttpReply>): void;
}

const HTTP_TIMEOUT_MS = 10_000;
/** Slow, so that time-outs and retries of some fall among the requests of others. */
const REQUEST_TAKES_MS = 300;

/**
 * Time and the network of several workers, in which one thing happens at a time: a request is carried to Kustomer, one arrives that
 * its sender has given up, or time passes up to the next moment that somebody waits for. Who calls `take` chooses.
 */
export class Turns {
  readonly time = new Time();
  /** What has happened, one line each. */
  readonly story: string[] = [];
  /** Creations that arrived after their sender had given them up: what they made may be seen by the next write only. */
  createdLate = 0;
  #waiting: Waiting[] = [];
  #strays: Waiting[] = [];

  constructor(private readonly network: Http) {}

  /** The door to the outside for one attempt: its requests wait for their turn, as long as they may. */
  door(attempt: Attempt): Http {
    return (request) =>
      new Promise((resolve, reject) => {
        const { signal } = request;
        const onEnd = (): void => this.#giveUp(waiting, 'the attempt ended');
        const waiting: Waiting = {
          attempt,
          request,
          answer: (outcome) => {
            cancel();
            signal?.removeEventListener('abort', onEnd);
            outcome.then(resolve, reject);
          },
        };
        const cancel = this.time.after(HTTP_TIMEOUT_MS, () => this.#giveUp(waiting, 'no answer in time'));
        signal?.addEventListener('abort', onEnd);
        this.#waiting.push(waiting);
        if (signal?.aborted === true) this.#drop(waiting, 'the attempt ended');
      });
  }

  get mayCreateLate(): boolean {
    return this.#strays.some(({ request }) => request.method === 'POST');
  }

  /**
   * The nth thing that can happen happens: a request is carried by `send`, `aside` (where there is one), or one arrives late. Time
   * passes when it is told to, or when there is nothing else. False when nothing is left.
   */
  async take(
    { turn, mishap = 'none' }: Turn,
    { send, aside }: { send: Http; aside: (() => Promise<void>) | null },
  ): Promise<boolean> {
    const { time } = this;
    const passes = time.isAwaited ? [() => time.pass()] : [];
    const choices = [
      ...this.#waiting.map((one) => () => this.#carry(one, mishap, send)),
      ...(aside === null ? [] : [aside]),
      ...this.#strays.map((one) => () => this.#arriveLate(one)),
    ];
    const isTimeUp = passes.length > 0 && (turn === 'time passes' || choices.length === 0);
    const among = isTimeUp ? passes : choices;
    const choice = among[(turn === 'time passes' ? 0 : turn) % among.length];
    await choice?.();
    await settled();
    while (time.isDue) {
      await time.pass();
      await settled();
    }
    return choice !== undefined;
  }

  async #carry(waiting: Waiting, mishap: Mishap, send: Http): Promise<void> {
    const { attempt, request } = waiting;
    if (mishap === 'late') return this.#giveUp(waiting, 'connection lost');
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    if (mishap === 'dies before' || mishap === 'dies after') attempt.die();
    if (mishap === 'loses touch') attempt.loseTouch();
    if (mishap === 'dies before') return this.#tell(attempt, `${line(request)}: ${mishap}`);
    const outcome = send(request);
    this.time.now += REQUEST_TAKES_MS;
    const status = await outcome.then((reply) => `${reply.status}`).catch(() => 'no answer');
    this.#tell(attempt, `${line(request)}: ${status}${mishap === 'none' ? '' : `, ${mishap}`}`);
    if (mishap !== 'dies after') waiting.answer(outcome);
  }

  async #arriveLate(stray: Waiting): Promise<void> {
    this.#strays = this.#strays.filter((other) => other !== stray);
    const { signal: _, ...request } = stray.request;
    if (request.method === 'POST') this.createdLate += 1;
    const { status } = await this.network(request);
    this.#tell(stray.attempt, `${line(request)}: arrives late, ${status}`);
  }

  /** The sender hears of a failure while the request is still on its way. */
  #giveUp(waiting: Waiting, why: string): void {
    if (!this.#waiting.includes(waiting)) return;
    if (waiting.request.method !== 'GET') this.#strays.push(waiting);
    this.#drop(waiting, why);
  }

  #drop(waiting: Waiting, why: string): void {
    const { attempt, request } = waiting;
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    this.#tell(attempt, `${line(request)}: ${why}`);
    waiting.answer(
      Promise.reject(new PartnerError(request.partner, 'unavailable', `${request.method} failed: ${why}`)),
    );
  }

  #tell({ name }: Attempt, what: string): void {
    this.tell(`${name} ${what}`);
  }

  tell(what: string): void {
    this.story.push(`${new Date(this.time.now).toISOString().slice(14, 23)} ${what}`);
  }
}

const line = ({ method, url }: HttpRequest): string => `${method} ${new URL(url).pathname.replace('/v1', '')}`;

/** Whoever got an answer has done with it what can be done without another. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
