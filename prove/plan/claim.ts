import { between, type Random } from '../../sandbox/http/random';

/** What Order Protection and the brand do with a claim. `forged`: an approval comes that nobody gave. `lateDenial`: denied after the command, which the brand leaves unanswered. */
export const STORIES = ['refund', 'reship', 'split', 'denied', 'forged', 'lateDenial'] as const;
export type Story = (typeof STORIES)[number];

/** Their claims complete by themselves, and a worker then lets go of them; the others wait for an operator. */
const COMPLETING: readonly Story[] = ['refund', 'reship', 'split', 'denied'];

/** How the brand answers a command: by itself, by the same callback twice at once, or by two different ones at once. */
export type Answering = 'once' | 'doubled' | 'raced';

/** One claim and all that its senders will do. The same seed gives the same claims. */
export interface ClaimPlan {
  claimId: string;
  story: Story;
  answering: Answering;
  /** How long the brand takes: longer than it takes until a command whose answer was lost comes again. */
  answerAfterMs: number;
  /** Each a text of its own, so that it is seen whether it arrived. */
  messages: string[];
  /** A message long after the claim has come to its end; null for none. */
  afterword: string | null;
  /** Protection of the order is added by hand, for this premium; null: it is not. */
  premium: number | null;
  /** Milliseconds before each act of the senders, in turn. */
  pauses: number[];
}

/** Claims without end. Every story comes once in as many claims as there are stories, in an order of chance. */
export function* claimPlans(seed: number, random: Random): Generator<ClaimPlan, never> {
  for (let n = 0; ;) {
    for (const story of shuffled(STORIES, random)) {
      n += 1;
      const claimId = `cmprove${seed.toString(36)}x${String(n).padStart(6, '0')}`;
      yield {
        claimId,
        story,
        answering: pick(['once', 'doubled', 'raced'], random),
        answerAfterMs: between(random, [4_000, 8_000]),
        messages: Array.from({ length: between(random, [0, 3]) }, (_, index) => `Message ${index + 1} of ${claimId}`),
        afterword: random() < 0.3 ? `A late word about ${claimId}` : null,
        premium: random() < 0.5 ? between(random, [100, 999]) / 100 : null,
        pauses: Array.from({ length: 8 }, () => between(random, [0, 1_500])),
      };
    }
  }
}

/** Only those whose claims complete by themselves. */
export function* completing(plans: Generator<ClaimPlan, never>): Generator<ClaimPlan, never> {
  for (;;) {
    const plan = plans.next().value;
    if (COMPLETING.includes(plan.story)) yield plan;
  }
}

/** One of them, by chance. */
export function pick<T>(values: readonly [T, ...T[]], random: Random): T {
  return values[Math.floor(random() * values.length)] ?? values[0];
}

/** All of them, in an order of chance. */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const ranked = values.map((value) => ({ value, rank: random() }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ value }) => value);
}
