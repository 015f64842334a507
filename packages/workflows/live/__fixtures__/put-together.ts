import type { TaskDetail, TaskEvent } from '@pipelines/contracts';

interface Known {
  readonly task: TaskDetail | null;
  readonly answers: ReadonlyMap<string, { readonly text: string; readonly thinking: string }>;
}

/** What a watcher knows after these events, put together as any client would. */
export function putTogether(events: readonly TaskEvent[]): Known {
  return events.reduce<Known>(put, { task: null, answers: new Map() });
}

function put({ task, answers }: Known, event: TaskEvent): Known {
  switch (event.type) {
    case 'snapshot':
      return { task: event.task, answers };
    case 'task':
      return { task: task && { ...task, ...event.task }, answers };
    case 'step':
      return { task: task && { ...task, steps: [...task.steps.filter((each) => each.id !== event.step.id), event.step] }, answers };
    case 'answer': {
      const before = answers.get(event.step_id) ?? { text: '', thinking: '' };
      const text = before.text.slice(0, event.from) + event.text;
      const thinking = before.thinking.slice(0, event.thinking_from) + event.thinking;
      return { task, answers: new Map(answers).set(event.step_id, { text, thinking }) };
    }
  }
}
