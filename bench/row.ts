import { type Budget } from './measure/budget';
import { type Site } from './site/site';

/** What one round of a row measured, by the names of its figures. */
export type Sample = Readonly<Record<string, number>>;

/** One row of the table of budgets: something of the product and its yardstick, measured in the same round. */
export interface Row {
  name: string;
  what: string;
  budgets: readonly Budget[];
  /** Rounds beyond these would take too long for what they tell. */
  mostRounds?: number;
  /** Sets up what all rounds need on a site of its own, and gives the round. */
  prepare(site: Site): Promise<() => Promise<Sample>>;
}
