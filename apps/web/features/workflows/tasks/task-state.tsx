import type { Batch, StepRun, Task, TaskState } from '@pipelines/contracts';
import { Status, type StatusTone } from '../../../ui/status.tsx';

type Words<State extends string> = Record<State, { readonly word: string; readonly tone: StatusTone }>;

export const taskStates: Words<TaskState> = {
  pending: { word: 'Pending', tone: 'off' },
  in_progress: { word: 'In progress', tone: 'busy' },
  paused: { word: 'Paused', tone: 'warn' },
  finished: { word: 'Finished', tone: 'ok' },
  escalated: { word: 'Escalated', tone: 'warn' },
  quarantined: { word: 'Quarantined', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
  canceled: { word: 'Canceled', tone: 'off' },
};

const stepStates: Words<StepRun['state']> = {
  running: { word: 'Running', tone: 'busy' },
  waiting: { word: 'Waiting for review', tone: 'warn' },
  finished: { word: 'Finished', tone: 'ok' },
  failed: { word: 'Failed', tone: 'bad' },
  skipped: { word: 'Skipped', tone: 'off' },
};

const batchStates: Words<Batch['state']> = {
  running: { word: 'Running', tone: 'busy' },
  paused: { word: 'Paused', tone: 'warn' },
  finished: { word: 'Finished', tone: 'ok' },
  canceled: { word: 'Canceled', tone: 'off' },
};

export function TaskStateWord({ task: { state, waits_for_review } }: { readonly task: Pick<Task, 'state' | 'waits_for_review'> }) {
  if (waits_for_review) return <Status tone="warn">Waiting for review</Status>;
  return <Status tone={taskStates[state].tone}>{taskStates[state].word}</Status>;
}

export function StepStateWord({ state }: { readonly state: StepRun['state'] }) {
  return <Status tone={stepStates[state].tone}>{stepStates[state].word}</Status>;
}

export function BatchStateWord({ state }: { readonly state: Batch['state'] }) {
  return <Status tone={batchStates[state].tone}>{batchStates[state].word}</Status>;
}
