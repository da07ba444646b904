import type { Delivery as Command } from '../../sandbox/brand-backend/state';

type Body = NonNullable<Command['body']>;
type BodyOf<T extends Body['type']> = Extract<Body, { type: T }>;

/** A command of one type that a brand could read, with the id that it keys on. */
export interface Read<T extends Body['type']> {
  at: string;
  webhookId: string;
  body: BodyOf<T>;
}

/** The commands of one type, repeats included, in the order in which they came. */
export function commandsOf<T extends Body['type']>(commands: readonly Command[], type: T): Read<T>[] {
  return commands.flatMap(({ at, webhookId, body }) =>
    body?.type === type && webhookId !== null ? [{ at, webhookId, body: body as BodyOf<T> }] : [],
  );
}

/** By a key, each group in the order of its first. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
