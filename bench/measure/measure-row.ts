import { type Row, type Sample } from '../row';
import { onSite, type Site } from '../site/site';
import { verdictOn, type Budget, type Verdict } from './budget';
import { figureOf, type Figure } from './figure';

/** A row's figures over all rounds, and what they say of its budgets. */
export interface Result {
  row: string;
  what: string;
  figures: Record<string, Figure>;
  budgets: (Budget & { verdict: Verdict })[];
}

export const isMissed = ({ budgets }: Result): boolean => budgets.some(({ verdict }) => verdict === 'missed');

export type Settings = Pick<Site, 'scale' | 'rounds' | 'database' | 'temporalAddress'>;

/** Measures a row, round after round. `tell` hears where it is. */
export async function measureRow(row: Row, asked: Settings, tell: (where: string) => void): Promise<Result> {
  const rounds = Math.min(asked.rounds, row.mostRounds ?? Infinity);
  const samples = await onSite({ ...asked, rounds }, async (site) => {
    tell(`${row.name}: is being set up`);
    const round = await row.prepare(site);
    const measured: Sample[] = [];
    for (let n = 1; n <= rounds; n++) {
      tell(`${row.name}: round ${n} of ${rounds}`);
      measured.push(await round());
    }
    return measured;
  });
  const names = Object.keys(samples[0] ?? {});
  const figures = Object.fromEntries(
    names.map((name) => [name, figureOf(samples.map((sample) => sample[name] ?? NaN))]),
  );
  return { row: row.name, what: row.what, figures, budgets: row.budgets.map((budget) => judged(budget, figures)) };
}

function judged(budget: Budget, figures: Result['figures']): Result['budgets'][number] {
  const figure = figures[budget.of];
  if (figure === undefined) throw new Error(`nothing called "${budget.of}" was measured`);
  return { ...budget, verdict: verdictOn(budget, figure) };
}
