const WINDOW_MS = 60_000;

export interface Taken {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetAt: number;
}

/** A budget per name and fixed window of 60 s. In memory: a restart begins anew. */
export class Windows {
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(private readonly now: () => number) {}

  /** Takes `cost` from what is left of the name's window; takes nothing when that is too little. */
  take(name: string, limit: number, cost = 1): Taken {
    const window = this.#open(name);
    const allowed = window.used + cost <= limit;
    if (allowed) window.used += cost;
    return { allowed, remaining: Math.max(0, limit - window.used), resetAt: window.endsAt };
  }

  #open(name: string): { endsAt: number; used: number } {
    const now = this.now();
    const open = this.#windows.get(name);
    if (open !== undefined && open.endsAt > now) return open;
    if (this.#windows.size > 10_000) this.#forgetEnded(now);
    const fresh = { endsAt: now + WINDOW_MS, used: 0 };
    this.#windows.set(name, fresh);
    return fresh;
  }

  #forgetEnded(now: number): void {
    for (const [name, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(name);
  }
}
