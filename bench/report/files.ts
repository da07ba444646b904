import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Report } from './origin';
import { plotOf } from './plot';

/** Keeps a row's report: one file per row and database, so that one row measured anew leaves the others as they were. */
export async function keepResult(out: string, report: Report): Promise<void> {
  const folder = join(out, report.origin.database);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${report.row}.json`), `${JSON.stringify(report, null, 2)}\n`);
}

/** Draws all that is kept of a database, in the order of the rows. */
export async function keepPlot(out: string, database: string, order: readonly string[]): Promise<void> {
  const folder = join(out, database);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const reports = await Promise.all(
    files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Report),
  );
  const place = ({ row }: Report): number => order.indexOf(row);
  await writeFile(join(out, `${database}.svg`), plotOf(reports.sort((a, b) => place(a) - place(b))));
}
