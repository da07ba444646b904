import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/store/database';

const service = temporal.api.workflowservice.v1;
const NAMESPACE = 'default';

/** All that Temporal says of every workflow, past every codec: as bytes, so that no base64 hides anything. */
export async function temporalSays(address: string): Promise<Record<'history' | 'visibility' | 'answers', Buffer>> {
  const connection = await Connection.connect({ address });
  const client = connection.workflowService;
  const list = await client.listWorkflowExecutions({ namespace: NAMESPACE });
  const histories: Uint8Array[] = [];
  const answers: Uint8Array[] = [];
  for (const { execution } of list.executions) {
    const one = { namespace: NAMESPACE, execution: execution ?? null };
    const history = await client.getWorkflowExecutionHistory(one);
    histories.push(service.GetWorkflowExecutionHistoryResponse.encode(history).finish());
    const described = await client.describeWorkflowExecution(one);
    answers.push(service.DescribeWorkflowExecutionResponse.encode(described).finish());
    for (const queryType of execution?.workflowId?.startsWith('claim:')
      ? ['claimState', '__temporal_workflow_metadata']
      : []) {
      const answer = await client.queryWorkflow({ ...one, query: { queryType } });
      answers.push(service.QueryWorkflowResponse.encode(answer).finish());
    }
  }
  await connection.close();
  const visibility = Buffer.from(service.ListWorkflowExecutionsResponse.encode(list).finish());
  return { history: Buffer.concat(histories), visibility, answers: Buffer.concat(answers) };
}

/** The bytes of every file under a folder whose path has the word in it. */
export async function filesWith(folder: string, word: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat(await Promise.all(files.filter((file) => file.includes(word)).map((file) => readFile(file))));
}

interface Rows {
  rows: Record<string, unknown>[];
}

/** Every value of every row of every table. */
export async function rowsOf(options: { dataDir: string; url?: string }): Promise<Buffer> {
  const database = await openDatabase(options);
  const rows = async (statement: string): Promise<Record<string, unknown>[]> =>
    ((await database.sql.execute(sql.raw(statement))) as Rows).rows;
  const tables = await rows("select table_name from information_schema.tables where table_schema = 'public'");
  const values: Buffer[] = [];
  for (const { table_name: table } of tables)
    for (const row of await rows(`select * from "${String(table)}"`))
      for (const value of Object.values(row))
        values.push(value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value) ?? ''));
  await database.close();
  return Buffer.concat(values);
}
