export { createWorkflows } from './create-workflows.ts';
export type { Engine } from './engine.ts';
export type { CreateTasksOptions } from './tasks/task-row.ts';
export type { Workflows } from './workflows.ts';
export type { WorkflowsContext } from './workflows-context.ts';
