import { startApi } from './running-api';

test('a process without its database is up, but not ready; without Temporal it takes webhooks, so it is ready, and says that it waits', async () => {
  const api = await startApi();
  const ready = async () => {
    const { status, json } = await api.ask('GET', '/readyz');
    return { status, failing: json['failing'] };
  };
  expect(await ready()).toEqual({ status: 200, failing: [] });
  api.claims.isDown = true;
  expect(await ready()).toEqual({ status: 200, failing: ['temporal'] });
  await api.store.close();
  expect(await ready()).toEqual({ status: 503, failing: ['database', 'temporal'] });
  api.claims.isDown = false;
  expect(await ready()).toEqual({ status: 503, failing: ['database'] });
  expect((await api.ask('GET', '/healthz')).status).toBe(200);
  await api.stop();
});

test('what does not answer a probe in time counts as failing, however long it would take', async () => {
  const api = await startApi();
  let answer = (): void => undefined;
  jest.spyOn(api.claims, 'ping').mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  expect((await api.ask('GET', '/readyz')).json['failing']).toEqual(['temporal']);
  answer();
  await api.stop();
});
