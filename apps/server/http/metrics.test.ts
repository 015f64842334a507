import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const get = { route: '/api/models/{slug}', method: 'GET', status: 200 };

it('tells each count and each duration, however often somebody looks', async () => {
  const metrics = createMetrics();
  for (let call = 0; call < 300; call += 1) metrics.countRequest(get, 30);
  metrics.countRequest({ ...get, status: 404 }, 7_000);
  metrics.countRefusal('budget');
  const meter = metrics.countCalls({ writeHeld: () => undefined, begin: () => ({ attemptId: 'a', end: () => ({ cost: null }) }) });
  const start = { provider: 'openai', source: 'gateway' } as Parameters<typeof meter.begin>[0];
  const end = { status: 'failed', latencyMs: 300, firstByteMs: null, usage: null } as Parameters<ReturnType<typeof meter.begin>['end']>[0];
  meter.begin(start).end(end);

  await metrics.render();
  const lines = (await metrics.render()).split('\n');
  for (const line of [
    'pipelines_http_requests_total{route="/api/models/{slug}",method="GET",status="200"} 300',
    'pipelines_http_requests_total{route="/api/models/{slug}",method="GET",status="404"} 1',
    'pipelines_http_request_duration_seconds_bucket{le="0.02",route="/api/models/{slug}"} 0',
    'pipelines_http_request_duration_seconds_bucket{le="0.05",route="/api/models/{slug}"} 300',
    'pipelines_http_request_duration_seconds_count{route="/api/models/{slug}"} 301',
    'pipelines_call_refusals_total{reason="budget"} 1',
    'pipelines_attempts_total{provider="openai",source="gateway",status="failed"} 1',
    'pipelines_attempt_duration_seconds_count{provider="openai"} 1',
    'pipelines_tokens_total{provider="openai",kind="prompt"} 0',
  ]) {
    expect(lines).toContain(line);
  }
});
