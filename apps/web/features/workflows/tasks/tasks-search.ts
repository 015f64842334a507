import { taskStateSchema } from '@pipelines/contracts';
import { z } from 'zod';

/** Which tasks are shown, as it stands in the address. What cannot be read is left out. */
export const tasksSearchSchema = z.object({ state: taskStateSchema.optional().catch(undefined) });

export const workflowViews = ['runs', 'schedules', 'settings'] as const;
export type WorkflowView = (typeof workflowViews)[number];

/** The same, with what of a workflow is shown beside its runs. */
export const workflowTasksSearchSchema = tasksSearchSchema.extend({ view: z.enum(workflowViews).optional().catch(undefined) });
