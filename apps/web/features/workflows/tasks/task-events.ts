import type { TaskDetail, TaskEvent } from '@pipelines/contracts';

/** As much of an answer as has come. */
export interface LiveAnswer {
  readonly text: string;
  readonly thinking: string;
}

/** The task after an event. A step that is new comes last: that is the order in which they begin. */
export function putEvent(task: TaskDetail | undefined, event: Exclude<TaskEvent, { type: 'answer' }>): TaskDetail | undefined {
  if (event.type === 'snapshot') return event.task;
  if (task === undefined) return undefined;
  if (event.type === 'task') return { ...task, ...event.task };
  const { step } = event;
  const isKnown = task.steps.some((each) => each.id === step.id);
  return { ...task, steps: isKnown ? task.steps.map((each) => (each.id === step.id ? step : each)) : [...task.steps, step] };
}

/** The answers after another part of one. */
export function putAnswer(
  answers: ReadonlyMap<string, LiveAnswer>,
  { step_id, from, text, thinking_from, thinking }: Extract<TaskEvent, { type: 'answer' }>,
): ReadonlyMap<string, LiveAnswer> {
  const before = answers.get(step_id) ?? { text: '', thinking: '' };
  const answer = { text: before.text.slice(0, from) + text, thinking: before.thinking.slice(0, thinking_from) + thinking };
  return new Map(answers).set(step_id, answer);
}
