import { EventAnswer } from './event-answer.ts';
import type { Handlers } from './route-table.ts';
import type { WorkflowsDependencies } from './workflows.ts';

type TaskOperation =
  | 'createTasks'
  | 'listTasks'
  | 'getTask'
  | 'cancelTask'
  | 'retryTask'
  | 'regenerateStep'
  | 'reviewStep'
  | 'watchTask'
  | 'tryStep';

export function taskHandlers({ workflows }: WorkflowsDependencies): Handlers<TaskOperation> {
  return {
    createTasks({ principal, params, query, body, idempotencyKey }) {
      const options = { ...query, idempotencyKey };
      return body instanceof Uint8Array
        ? workflows.createTasksFromCsv(principal, params.id, body, options)
        : workflows.createTasks(principal, params.id, body, options);
    },
    listTasks: ({ principal, params, query }) => workflows.listTasks(principal, params.id, query),
    getTask: ({ principal, params }) => workflows.getTask(principal, params.id),
    cancelTask: ({ principal, params }) => workflows.cancelTask(principal, params.id),
    retryTask: ({ principal, params }) => workflows.retryTask(principal, params.id),
    watchTask: async ({ principal, params }) => new EventAnswer('watch', await workflows.watchTask(principal, params.id)),
    tryStep: ({ principal, body }) => new EventAnswer('work', (tell, signal) => workflows.tryStep(principal, body, tell, signal)),
    regenerateStep: ({ principal, params }) => workflows.regenerateStep(principal, params.id),
    reviewStep: ({ principal, params, body }) => workflows.reviewStep(principal, params.id, body),
  };
}
