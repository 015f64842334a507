import { z } from 'zod';

/** `draft`: never published. `active`: takes tasks. `paused`: takes them, runs none. `archived`: takes none. */
export const workflowStateSchema = z.enum(['draft', 'active', 'paused', 'archived']);
export type WorkflowState = z.infer<typeof workflowStateSchema>;

export const taskStateSchema = z.enum(['pending', 'in_progress', 'paused', 'finished', 'escalated', 'quarantined', 'failed', 'canceled']);
export type TaskState = z.infer<typeof taskStateSchema>;
