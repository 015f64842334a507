import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpConfig, Task } from '@pipelines/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphOf, stepOf } from './__fixtures__/build-graph.ts';
import { type EngineStand, startEngineStand } from './__fixtures__/start-engine-stand.ts';

let stand: EngineStand;
let origin: string;
const seen: { request: IncomingMessage; body: string }[] = [];
/** Statuses of the next answers, before 200. */
const statuses: number[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  seen.push({ request, body });
  response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
  response.end('{"ticket":{"id":7}}');
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stand = await startEngineStand();
  await stand.engine.start();
});
afterAll(async () => {
  await stand.engine.stop();
  await stand.close();
  server.close();
});

async function runOne(config: Partial<HttpConfig>): Promise<Task> {
  seen.length = 0;
  const mapping = [{ name: 'id', value: '{{steps.call.output.body.ticket.id}}' }];
  const id = await stand.publish(
    graphOf([stepOf('start', 'start'), stepOf('http', 'call', config), stepOf('end', 'end', { mapping })], 'start > call > end'),
  );
  const batch = await stand.createBatch(id, [{ text: 'a/b' }]);
  await stand.waitForBatch(batch.id, 15_000);
  return (await stand.workflows.listTasks(stand.principal, id, { limit: 1 })).data[0] as Task;
}

describe('an HTTP step', () => {
  it('calls through the egress, and reads JSON', async () => {
    const headers = [{ name: 'X-Text', value: '{{input.text}}' }];
    const task = await runOne({ method: 'POST', url: `${origin}/tickets/{{input.text}}`, headers, body: '{"text":"{{input.text}}"}' });
    expect(task).toMatchObject({ state: 'finished', output: { id: 7 } });
    expect(seen[0]?.request.url).toBe('/tickets/a%2Fb');
    expect(seen[0]?.request.headers).toMatchObject({ 'x-text': 'a/b', 'idempotency-key': expect.any(String) });
    expect(seen[0]?.body).toBe('{"text":"a/b"}');
  });

  it('tries again under the same key where the other side may recover, and not where it refuses', async () => {
    statuses.push(503);
    expect((await runOne({ method: 'POST', url: origin, retries: 1 })).state).toBe('finished');
    expect(new Set(seen.map(({ request }) => request.headers['idempotency-key'])).size).toBe(1);
    expect(seen).toHaveLength(2);
    statuses.push(404);
    expect((await runOne({ url: origin, retries: 3 })).error).toMatchObject({ code: 'upstream_error', step: 'call' });
    expect(seen).toHaveLength(1);
  });

  it('goes nowhere that the egress does not go', async () => {
    expect((await runOne({ url: 'http://169.254.169.254/latest/meta-data' })).error).toMatchObject({
      code: 'egress_blocked',
      step: 'call',
    });
  });
});
