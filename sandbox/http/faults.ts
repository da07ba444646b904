import { EventEmitter, once } from 'node:events';

import { FaultRule, isLatency, nameOf, type Fault } from './fault-rule';
import type { Random } from './random';

type Outage = 'refuse' | '503';

/** What happens to one request. */
export interface Strike {
  readonly waitBeforeMs: number;
  readonly waitAfterMs: number;
  readonly fault?: Exclude<Fault, { latencyMs: number }>;
  /** For the request log. */
  readonly name?: string;
}

interface Armed {
  readonly rule: ReturnType<(typeof FaultRule)['parse']>;
  seen: number;
  left: number;
}

/** The fault switches of one simulator. */
export class Faults {
  #armed: Armed[] = [];
  #outage: Outage | undefined;
  readonly #counts = new Map<string, number>();
  readonly #gate = new EventEmitter().setMaxListeners(0);

  constructor(private readonly random: Random) {}

  /** Arms a rule; throws a ZodError on one that makes no sense. */
  add(rule: FaultRule): void {
    const parsed = FaultRule.parse(rule);
    const times = parsed.times ?? (parsed.probability === undefined ? 1 : Infinity);
    this.#armed.push({ rule: parsed, seen: 0, left: times === 'forever' ? Infinity : times });
  }

  /** Disarms every rule, ends an outage and lets hanging requests go on. The counts stay. */
  clear(): void {
    this.#armed = [];
    this.up();
    this.release();
  }

  /** Everything but `/_control` cuts the connection, or answers 503, until `up()`. */
  down(how: Outage = 'refuse'): void {
    this.#outage = how;
  }

  up(): void {
    this.#outage = undefined;
  }

  /** Lets every hanging request go on: it acts now. */
  release(): void {
    this.#gate.emit('release');
  }

  released(signal: AbortSignal): Promise<unknown> {
    return once(this.#gate, 'release', { signal });
  }

  /** How often each fault really happened, by name. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  strike(request: { method: string; url: string }): Strike {
    if (this.#outage !== undefined) {
      return this.#counted(
        { fault: this.#outage === '503' ? { status: 503 } : 'dropBefore', waitBeforeMs: 0, waitAfterMs: 0 },
        ['down'],
      );
    }
    const strike = { waitBeforeMs: 0, waitAfterMs: 0 };
    let fault: Strike['fault'];
    const names: string[] = [];
    for (const armed of this.#armed.filter((each) => counts(each, request))) {
      const wanted = armed.rule.fault;
      if ((!isLatency(wanted) && fault !== undefined) || !this.#fires(armed)) continue;
      names.push(nameOf(wanted));
      if (!isLatency(wanted)) fault = wanted;
      else if (wanted.when === 'before') strike.waitBeforeMs += wanted.latencyMs;
      else strike.waitAfterMs += wanted.latencyMs;
    }
    return this.#counted(fault === undefined ? strike : { ...strike, fault }, names);
  }

  #fires(armed: Armed): boolean {
    const { match, probability } = armed.rule;
    if (armed.left === 0 || armed.seen < (match.nth ?? 1)) return false;
    if (probability !== undefined && this.random() >= probability) return false;
    armed.left -= 1;
    return true;
  }

  #counted(strike: Strike, names: string[]): Strike {
    for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    return names.length === 0 ? strike : { ...strike, name: names.join(' + ') };
  }
}

/** Counts the request for the rule if it is one of its kind, whether or not the rule then fires. */
function counts(armed: Armed, request: { method: string; url: string }): boolean {
  const { method, path } = armed.rule.match;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path !== undefined && !new RegExp(path).test(request.url)) return false;
  armed.seen += 1;
  return true;
}
