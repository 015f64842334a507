import type { Handlers } from './route-table.ts';
import type { WorkflowsDependencies } from './workflows.ts';

type LimitOperation =
  | 'getConcurrencyLimit'
  | 'setConcurrencyLimit'
  | 'getWorkflowConcurrencyLimit'
  | 'setWorkflowConcurrencyLimit'
  | 'getModelConcurrencyLimit'
  | 'setModelConcurrencyLimit';

const organization = { type: 'organization' } as const;
const workflow = (params: { readonly id: string }) => ({ type: 'workflow', id: params.id }) as const;
const model = (params: { readonly slug: string }) => ({ type: 'model', id: params.slug }) as const;

export function concurrencyLimitHandlers({ workflows }: WorkflowsDependencies): Handlers<LimitOperation> {
  return {
    getConcurrencyLimit: ({ principal }) => workflows.getConcurrencyLimit(principal, organization),
    setConcurrencyLimit: ({ principal, body }) => workflows.setConcurrencyLimit(principal, organization, body),
    getWorkflowConcurrencyLimit: ({ principal, params }) => workflows.getConcurrencyLimit(principal, workflow(params)),
    setWorkflowConcurrencyLimit: ({ principal, params, body }) => workflows.setConcurrencyLimit(principal, workflow(params), body),
    getModelConcurrencyLimit: ({ principal, params }) => workflows.getConcurrencyLimit(principal, model(params)),
    setModelConcurrencyLimit: ({ principal, params, body }) => workflows.setConcurrencyLimit(principal, model(params), body),
  };
}
