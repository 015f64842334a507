import type { Workflows } from '@pipelines/workflows';
import type { Handlers } from './route-table.ts';

export interface WorkflowsDependencies {
  readonly workflows: Workflows;
}

type WorkflowOperation =
  | 'listWorkflows'
  | 'createWorkflow'
  | 'getWorkflow'
  | 'updateWorkflow'
  | 'publishWorkflow'
  | 'pauseWorkflow'
  | 'resumeWorkflow'
  | 'archiveWorkflow'
  | 'listWorkflowVersions'
  | 'getWorkflowVersion';

export function workflowHandlers({ workflows }: WorkflowsDependencies): Handlers<WorkflowOperation> {
  return {
    listWorkflows: ({ principal, query }) => workflows.listWorkflows(principal, query),
    createWorkflow: ({ principal, body }) => workflows.createWorkflow(principal, body),
    getWorkflow: ({ principal, params }) => workflows.getWorkflow(principal, params.id),
    updateWorkflow: ({ principal, params, body }) => workflows.updateWorkflow(principal, params.id, body),
    publishWorkflow: ({ principal, params, body }) => workflows.publishWorkflow(principal, params.id, body),
    pauseWorkflow: ({ principal, params }) => workflows.pauseWorkflow(principal, params.id),
    resumeWorkflow: ({ principal, params }) => workflows.resumeWorkflow(principal, params.id),
    archiveWorkflow: ({ principal, params }) => workflows.archiveWorkflow(principal, params.id),
    listWorkflowVersions: ({ principal, params }) => workflows.listVersions(principal, params.id),
    getWorkflowVersion: ({ principal, params }) => workflows.getVersion(principal, params.id, params.version),
  };
}
