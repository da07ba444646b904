import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type temporal } from '@temporalio/proto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { version } from '../../package.json';

/** One run of a workflow as Temporal's own tools write it: `temporal workflow show --output json`, on one line per event. */
export interface Recording {
  /** From the folder of the recordings on: `{release}/{scenario}.{run}`. */
  name: string;
  history: { events: RecordedEvent[] };
}

/** As much of an event as is looked at here. */
export interface RecordedEvent {
  eventType: string;
  workflowExecutionStartedEventAttributes?: { workflowId: string };
}

/** The key that all recordings are sealed with, and that seals nothing else. */
export const RECORDING_KEY = Buffer.alloc(32, 'recorded histories').toString('base64');

const FOLDER = path.join(__dirname, 'histories');

/** Every recording of every release. */
export function recordings(): Recording[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({
    name: file.slice(0, -'.json'.length),
    history: JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Recording['history'],
  }));
}

/** Keeps the runs of a scenario, first to last, as those of the present release, in place of what was kept of it before. */
export async function keep(scenario: string, runs: readonly temporal.api.history.v1.IHistory[]): Promise<void> {
  const folder = path.join(FOLDER, version);
  await mkdir(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.startsWith(`${scenario}.`)) await rm(path.join(folder, file));
  for (const [index, run] of runs.entries()) {
    const { events } = JSON.parse(historyToJSON(run)) as Recording['history'];
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    await writeFile(path.join(folder, `${scenario}.${index + 1}.json`), `{"events":[\n${lines}\n]}\n`);
  }
}
