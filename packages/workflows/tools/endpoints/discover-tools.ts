import type { Principal, ToolDiscovery, ToolDiscoveryBody } from '@pipelines/contracts';
import type { ToolsContext } from '../tools-context.ts';
import { describeOutcome } from './describe-outcome.ts';
import { lookAtEndpoint } from './look-at-endpoint.ts';
import { presentTool } from './present-tool-endpoint.ts';
import { placeOfBody } from './tool-place.ts';

/**
 * Looks what tools there are, and saves nothing.
 *
 * @throws PipelinesError `credential_required`, `invalid_request`, `egress_blocked`, `rate_limited`
 */
export async function discoverTools(
  context: ToolsContext,
  principal: Principal,
  body: ToolDiscoveryBody,
  signal: AbortSignal,
): Promise<ToolDiscovery> {
  const place = placeOfBody(context, principal, body);
  const { cause, latencyMs, found } = await context.limiter.run(principal, () => lookAtEndpoint(context, body.kind, place, signal));
  return {
    ...describeOutcome(cause, found.tools.length),
    latency_ms: latencyMs,
    tools: found.tools.map(presentTool),
    left_out: found.leftOut,
    suggested_url: found.suggestedUrl,
  };
}
