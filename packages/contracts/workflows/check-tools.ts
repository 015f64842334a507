import { maxToolsOfCall } from '../tool-endpoints.ts';
import type { HttpConfig, LlmConfig, ToolBinding } from './graph.ts';
import type { StepEndpoint } from './step-endpoint.ts';

type Found = readonly [field: string, message: string];
type Endpoints = ReadonlyMap<string, StepEndpoint>;

/** What is wrong with the tools of a step, as the endpoints are at this moment. */
export function checkTools({ tools }: Pick<LlmConfig, 'tools'>, endpoints: Endpoints): Found[] {
  const count = tools.reduce((sum, binding) => sum + (binding.tools ?? offered(endpoints.get(binding.endpoint_id))).length, 0);
  return [
    ...tools.flatMap((binding) => checkBinding(binding, endpoints.get(binding.endpoint_id)).map((message): Found => ['tools', message])),
    ...(count > maxToolsOfCall ? [['tools', `These are ${count} tools; a model takes at most ${maxToolsOfCall}.`] as const] : []),
  ];
}

/** What is wrong with the endpoint whose address and secret an HTTP step borrows. */
export function checkHttpEndpoint({ endpoint_id }: Pick<HttpConfig, 'endpoint_id'>, endpoints: Endpoints): Found[] {
  if (!endpoint_id) return [];
  const endpoint = endpoints.get(endpoint_id);
  if (endpoint === undefined) return [['endpoint_id', 'Its tool endpoint does not exist any more.']];
  if (endpoint.kind !== 'http') return [['endpoint_id', `${endpoint.name} is no HTTP service.`]];
  return endpoint.enabled ? [] : [['endpoint_id', `${endpoint.name} has been switched off.`]];
}

function checkBinding(binding: ToolBinding, endpoint: StepEndpoint | undefined): string[] {
  if (endpoint === undefined) return ['A tool endpoint of this step does not exist any more.'];
  if (!endpoint.enabled) return [`${endpoint.name} has been switched off.`];
  const known = new Map(endpoint.tools.map((tool) => [tool.name, tool.enabled]));
  return (binding.tools ?? []).flatMap((name) => {
    const enabled = known.get(name);
    if (enabled === undefined) return [`${endpoint.name} has no tool "${name}".`];
    return enabled ? [] : [`The tool "${name}" of ${endpoint.name} has been switched off.`];
  });
}

function offered(endpoint: StepEndpoint | undefined): readonly unknown[] {
  return endpoint?.tools.filter((tool) => tool.enabled) ?? [];
}
