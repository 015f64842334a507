export { createWorkflows } from './create-workflows.ts';
export { createEngine } from './dbos/create-engine.ts';
export type { EngineOptions } from './dbos/engine-options.ts';
export type { Engine } from './engine.ts';
export type { CreateTasksOptions } from './tasks/task-row.ts';
export type { Workflows } from './workflows.ts';
export type { WorkflowsContext } from './workflows-context.ts';
