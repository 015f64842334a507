import { renderTemplate, type StepOf } from '@pipelines/contracts';
import { EgressError, type EgressRequest, type EgressResponse } from '@pipelines/egress';
import type { BorrowedEndpoint } from '../../tools/session/open-step-endpoint.ts';
import { retryStep } from '../retry-step.ts';
import type { StepContext, StepDoors, StepResult } from '../step-context.ts';
import { StepFailure } from '../step-failure.ts';
import { renderPath, renderUrl } from './render-url.ts';

const maxResponseBytes = 5 * 1024 * 1024;
const mayPass = new Set(['connection_refused', 'connection_lost', 'dns_failed', 'timed_out']);

type HttpDoors = Pick<StepDoors, 'egress' | 'tools'>;

/**
 * One call through the egress. Its output is the status and the body, JSON where it is JSON. Headers are
 * templates in plain sight: a secret comes from a tool endpoint, and goes to its address only.
 */
export async function runHttp(step: StepOf<'http'>, context: StepContext, { egress, tools }: HttpDoors): Promise<StepResult> {
  const { retries, timeout_seconds, endpoint_id } = step.config;
  const { organizationId, stepRunId, idempotencyKey, startedAt } = context;
  const owner = { organizationId, step: step.name, stepRunId, idempotencyKey };
  const endpoint = endpoint_id ? await tools.openEndpoint(owner, endpoint_id) : null;
  const { headers, ...request } = prepare(step, context, endpoint);
  const output = await retryStep({ retries, timeoutMs: timeout_seconds * 1_000, startedAt, signal: context.signal }, async (signal) => {
    try {
      return await read(await egress.request({ ...request, headers: { ...headers, ...endpoint?.headers }, signal }), endpoint);
    } catch (error) {
      if (!(error instanceof EgressError)) throw error;
      throw new StepFailure(error.cause === 'egress_blocked' ? 'egress_blocked' : 'upstream_error', error.message, {
        transient: mayPass.has(error.cause),
      });
    }
  });
  return { state: 'finished', input: { method: request.method, url: request.url }, output, port: 'next' };
}

function prepare(
  { config }: StepOf<'http'>,
  { scope, organizationId, idempotencyKey }: StepContext,
  endpoint: BorrowedEndpoint | null,
): EgressRequest & { url: string } {
  const clockMs = config.timeout_seconds * 1_000;
  const body = config.method === 'GET' ? '' : renderTemplate(config.body, scope);
  const headers: Record<string, string> = config.method === 'GET' ? {} : { 'idempotency-key': idempotencyKey };
  if (body !== '') headers['content-type'] = 'application/json';
  for (const { name, value } of config.headers) headers[name.toLowerCase()] = renderTemplate(value, scope);
  return {
    url: endpoint === null ? renderUrl(config.url, scope) : endpoint.addressOf(renderPath(config.url, scope)),
    method: config.method,
    headers,
    ...(body !== '' && { body }),
    timeouts: { firstByteMs: clockMs, idleMs: clockMs, totalMs: clockMs },
    maxResponseBytes,
    purpose: 'workflow',
    organizationId,
  };
}

async function read(response: EgressResponse, endpoint: BorrowedEndpoint | null): Promise<{ status: number; body: unknown }> {
  const said = Buffer.from(await response.bytes()).toString('utf8');
  const text = endpoint === null ? said : endpoint.hide(said);
  const { status } = response;
  if (status < 200 || status >= 300) {
    throw new StepFailure('upstream_error', `The address answered with status ${status}.`, { transient: status === 429 || status >= 500 });
  }
  return { status, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
