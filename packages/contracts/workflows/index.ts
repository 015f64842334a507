export * from './check-graph.ts';
export { availableVariables, neededCapabilities, templatesOf } from './check-step.ts';
export * from './graph.ts';
export * from './graph-paths.ts';
export type { GraphProblem } from './graph-problem.ts';
export * from './step-model.ts';
export * from './tasks.ts';
export * from './templates.ts';
export * from './workflows.ts';
