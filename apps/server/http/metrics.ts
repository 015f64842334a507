import type { CallMeter } from '@pipelines/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** A request was answered. `route` is the pattern of the route, never an address. */
  countRequest(labels: { readonly route: string; readonly method: string; readonly status: number }, latencyMs: number): void;
  /** The same meter, whose calls are counted here as well. */
  countCalls(meter: CallMeter): CallMeter;
  /** Tells with each look how many routes to models are left alone at that moment. */
  observeRoutes(count: () => { readonly cooling: number; readonly open: number }): void;
  /** A call was not let out: by which kind of limit. */
  countRefusal(reason: string): void;
  /** Tells with each look how many calls have looked for a kept answer, and what the kept ones take. */
  observeCache(count: () => { readonly hits: number; readonly misses: number; readonly bytes: number }): void;
  readonly contentType: string;
  render(): Promise<string>;
}

const secondsBuckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Prometheus metrics. Labels are few and harmless: no slug, organization, key or address. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: 'pipelines_http_requests_total',
    help: 'Requests answered',
    labelNames: ['route', 'method', 'status'],
    registers,
  });
  const latency = new Histogram({
    name: 'pipelines_http_request_duration_seconds',
    help: 'From the arrival of a request to the last byte of its answer',
    labelNames: ['route'],
    buckets: secondsBuckets,
    registers,
  });
  const attempts = new Counter({
    name: 'pipelines_attempts_total',
    help: 'Calls to providers',
    labelNames: ['provider', 'source', 'status'],
    registers,
  });
  const attemptLatency = new Histogram({
    name: 'pipelines_attempt_duration_seconds',
    help: 'Duration of calls to providers',
    labelNames: ['provider'],
    buckets: secondsBuckets,
    registers,
  });
  const firstByte = new Histogram({
    name: 'pipelines_attempt_first_byte_seconds',
    help: 'From the call to a provider until the first byte of its answer',
    labelNames: ['provider'],
    buckets: secondsBuckets,
    registers,
  });
  const tokens = new Counter({
    name: 'pipelines_tokens_total',
    help: 'Tokens as providers told them',
    labelNames: ['provider', 'kind'],
    registers,
  });
  const refusals = new Counter({
    name: 'pipelines_call_refusals_total',
    help: 'Calls that a limit or a budget did not let out',
    labelNames: ['reason'],
    registers,
  });

  return {
    countRefusal: (reason) => refusals.inc({ reason }),
    countRequest({ route, method, status }, latencyMs) {
      requests.inc({ route, method, status: String(status) });
      latency.observe({ route }, latencyMs / 1000);
    },
    countCalls: (meter) => ({
      begin(start) {
        const record = meter.begin(start);
        const { provider, source } = start;
        return {
          attemptId: record.attemptId,
          end(result) {
            attempts.inc({ provider, source, status: result.status });
            attemptLatency.observe({ provider }, result.latencyMs / 1000);
            if (result.firstByteMs !== null) firstByte.observe({ provider }, result.firstByteMs / 1000);
            tokens.inc({ provider, kind: 'prompt' }, result.usage?.promptTokens ?? 0);
            tokens.inc({ provider, kind: 'completion' }, result.usage?.completionTokens ?? 0);
            return record.end(result);
          },
        };
      },
    }),
    observeRoutes(count) {
      new Gauge({
        name: 'pipelines_resting_routes',
        help: 'Routes to models that this process leaves alone: cooling after a refusal, or open after outages',
        labelNames: ['state'],
        registers,
        collect() {
          const { cooling, open } = count();
          this.set({ state: 'cooling' }, cooling);
          this.set({ state: 'open' }, open);
        },
      });
    },
    observeCache(count) {
      new Counter({
        name: 'pipelines_answer_cache_lookups_total',
        help: 'Calls that looked for a kept answer',
        labelNames: ['result'],
        registers,
        collect() {
          const { hits, misses } = count();
          this.reset();
          this.inc({ result: 'hit' }, hits);
          this.inc({ result: 'miss' }, misses);
        },
      });
      new Gauge({
        name: 'pipelines_answer_cache_bytes',
        help: 'Memory that kept answers take',
        registers,
        collect() {
          this.set(count().bytes);
        },
      });
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
