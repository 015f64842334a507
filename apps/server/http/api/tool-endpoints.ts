import type { Tools } from '@pipelines/workflows';
import type { Handlers } from './route-table.ts';

export interface ToolsDependencies {
  readonly tools: Tools;
}

type ToolOperation =
  | 'discoverTools'
  | 'listToolEndpoints'
  | 'createToolEndpoint'
  | 'getToolEndpoint'
  | 'updateToolEndpoint'
  | 'deleteToolEndpoint'
  | 'refreshToolEndpoint'
  | 'listToolDependents';

export function toolHandlers({ tools }: ToolsDependencies): Handlers<ToolOperation> {
  return {
    discoverTools: ({ principal, body, signal }) => tools.discover(principal, body, signal),
    listToolEndpoints: ({ principal, query }) => tools.listEndpoints(principal, query),
    createToolEndpoint: ({ principal, body, signal }) => tools.createEndpoint(principal, body, signal),
    getToolEndpoint: ({ principal, params }) => tools.getEndpoint(principal, params.id),
    updateToolEndpoint: ({ principal, params, body }) => tools.updateEndpoint(principal, params.id, body),
    deleteToolEndpoint: ({ principal, params, query }) => tools.deleteEndpoint(principal, params.id, { confirm: query.confirm === 'true' }),
    refreshToolEndpoint: ({ principal, params, signal }) => tools.refreshEndpoint(principal, params.id, signal),
    listToolDependents: ({ principal, params }) => tools.listDependents(principal, params.id),
  };
}
