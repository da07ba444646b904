import express, { type Router } from 'express';
import { z } from 'zod';

import type { Faults } from './faults';
import { FaultRule } from './fault-rule';
import type { RequestLog } from './request-log';

/** One thing that a simulator can be told or asked, in process by a method and over HTTP by `POST /_control/{name}`. */
export interface Action<Schema extends z.ZodType, Result> {
  readonly input: Schema;
  invoke(raw: unknown): Promise<Result>;
}

export type Actions = Readonly<Record<string, Action<z.ZodType, unknown>>>;

export function action<Schema extends z.ZodType, Result>(
  input: Schema,
  run: (input: z.output<Schema>) => Result | Promise<Result>,
): Action<Schema, Result> {
  return { input, invoke: async (raw) => run(input.parse(raw)) };
}

/** What every simulator can be told and asked. */
export const commonActions = (faults: Faults, log: RequestLog) => ({
  addFault: action(FaultRule, (rule) => faults.add(rule)),
  clearFaults: action(z.strictObject({}), () => faults.clear()),
  faultCounts: action(z.strictObject({}), () => faults.counts()),
  down: action(z.strictObject({ how: z.enum(['refuse', '503']).optional() }), ({ how }) => faults.down(how)),
  up: action(z.strictObject({}), () => faults.up()),
  release: action(z.strictObject({}), () => faults.release()),
  requests: action(z.strictObject({ method: z.string().optional(), path: z.string().optional() }), (filter) =>
    log.find(filter),
  ),
});

export type CommonActions = ReturnType<typeof commonActions>;

/** `GET /` lists the actions with the JSON schema of their input; `POST /{name}` does one. No fault ever hits these routes. */
export function controlRouter(actions: Actions, save: () => Promise<void>): Router {
  const router = express.Router();
  router.use(express.json({ limit: '10mb', type: () => true, strict: false }));
  router.get('/', (_req, res) => {
    const described = Object.entries(actions).map(([name, { input }]) => [
      name,
      z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
    ]);
    res.json(Object.fromEntries(described));
  });
  router.post('/:name', async (req, res) => {
    const chosen = actions[req.params.name];
    if (chosen === undefined) {
      res.status(404).json({ error: `no action ${req.params.name}: GET /_control lists them` });
      return;
    }
    const result = await chosen.invoke(req.body ?? {});
    await save();
    res.json(result ?? null);
  });
  router.use((error: unknown, _req: express.Request, res: express.Response, _next: express.NextFunction) => {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    res.status(400).json({ error: message });
  });
  return router;
}

/** The actions of a simulator in another process, e.g. `controlClient<KustomerActions>(url)`: each takes the action's input. */
export type ControlClient<A extends Actions> = {
  [Name in keyof A]: A[Name] extends Action<infer Schema, infer Result>
    ? (input: z.input<Schema>) => Promise<Result>
    : never;
};

export function controlClient<A extends Actions>(url: string): ControlClient<A & CommonActions> {
  const call = (name: string) => async (input: unknown) => {
    const response = await fetch(`${url}/_control/${name}`, { method: 'POST', body: JSON.stringify(input ?? {}) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${url}/_control/${name} answered ${response.status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  return new Proxy({} as ControlClient<A & CommonActions>, { get: (_target, name) => call(String(name)) });
}
