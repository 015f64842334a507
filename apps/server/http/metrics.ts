import type { CallMeter } from '@pipelines/contracts';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { DeferredObservations } from './deferred-observations.ts';
import { Tally } from './tally.ts';

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
  /** A counter of what happens with every call. */
  const count = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Tally => {
    const tally = new Tally();
    new Counter<Label>({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const [values, total] of tally.entries()) this.labels(...values).inc(total);
      },
    });
    return tally;
  };
  /** A histogram of something that every call has. */
  const observe = <Label extends string>(name: string, help: string, label: Label): DeferredObservations => {
    const labelNames = [label];
    const histogram = new Histogram<Label>({ name, help, labelNames, buckets: secondsBuckets, registers, collect: () => waiting.flush() });
    const waiting = new DeferredObservations((value, seconds) => histogram.labels(value).observe(seconds));
    return waiting;
  };
  const requests = count('pipelines_http_requests_total', 'Requests answered', ['route', 'method', 'status']);
  const latency = observe(
    'pipelines_http_request_duration_seconds',
    'From the arrival of a request to the last byte of its answer',
    'route',
  );
  const attempts = count('pipelines_attempts_total', 'Calls to providers', ['provider', 'source', 'status']);
  const attemptLatency = observe('pipelines_attempt_duration_seconds', 'Duration of calls to providers', 'provider');
  const firstByte = observe(
    'pipelines_attempt_first_byte_seconds',
    'From the call to a provider until the first byte of its answer',
    'provider',
  );
  const tokens = count('pipelines_tokens_total', 'Tokens as providers told them', ['provider', 'kind']);
  const refusals = count('pipelines_call_refusals_total', 'Calls that a limit or a budget did not let out', ['reason']);

  return {
    countRefusal: (reason) => refusals.add(reason),
    countRequest({ route, method, status }, latencyMs) {
      requests.add(`${route} ${method} ${status}`);
      latency.add(route, latencyMs / 1000);
    },
    countCalls: (meter) => ({
      writeHeld: () => meter.writeHeld(),
      begin(start) {
        const record = meter.begin(start);
        const { provider, source } = start;
        return {
          attemptId: record.attemptId,
          end(result) {
            attempts.add(`${provider} ${source} ${result.status}`);
            attemptLatency.add(provider, result.latencyMs / 1000);
            if (result.firstByteMs !== null) firstByte.add(provider, result.firstByteMs / 1000);
            tokens.add(`${provider} prompt`, result.usage?.promptTokens ?? 0);
            tokens.add(`${provider} completion`, result.usage?.completionTokens ?? 0);
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
