import { PGlite } from '@electric-sql/pglite';
import express from 'express';
import { Pool } from 'pg';

// The yardstick of everything that is answered once it is stored: one bare Express route that writes the body to the same kind of
// database before it answers, and does nothing else. A program of its own, as the product is: `express-insert <database> <port>`.

interface Database {
  query(statement: string, values?: unknown[]): Promise<unknown>;
}

const [place = '', port = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const database: Database = place.startsWith('postgres')
    ? new Pool({ connectionString: place })
    : await PGlite.create(place);
  await database.query('create table if not exists bare_bodies (id bigserial primary key, body text not null)');
  const app = express().disable('x-powered-by');
  app.use(express.text({ type: () => true }));
  app.use('/', async (request: express.Request<unknown, unknown, string>, response) => {
    await database.query('insert into bare_bodies (body) values ($1)', [request.body]);
    response.json({ stored: true });
  });
  app.listen(Number(port), '127.0.0.1', () => process.stderr.write('bare route listens\n'));
}

process.once('SIGTERM', () => process.exit());
void main();
