import type { Handlers } from './route-table.ts';
import type { WorkflowsDependencies } from './workflows.ts';

type ScheduleOperation = 'listSchedules' | 'createSchedule' | 'getSchedule' | 'updateSchedule' | 'deleteSchedule';

export function scheduleHandlers({ workflows }: WorkflowsDependencies): Handlers<ScheduleOperation> {
  return {
    listSchedules: ({ principal, params }) => workflows.listSchedules(principal, params.id),
    createSchedule: ({ principal, params, body }) => workflows.createSchedule(principal, params.id, body),
    getSchedule: ({ principal, params }) => workflows.getSchedule(principal, params.id),
    updateSchedule: ({ principal, params, body }) => workflows.updateSchedule(principal, params.id, body),
    deleteSchedule: ({ principal, params }) => workflows.deleteSchedule(principal, params.id),
  };
}
