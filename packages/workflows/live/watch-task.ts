import type { Principal, StepRun, TaskDetail, TaskEvent } from '@pipelines/contracts';
import { getTask } from '../tasks/get-task.ts';
import type { LiveContext } from '../workflows-context.ts';
import type { LiveAnswer } from './live-feed.ts';
import { Looking, type Watching } from './watch-loop.ts';

const pace = { atMostEveryMs: 150, atLeastEveryMs: 3_000 };

/** A task as it changes, with the answers that stream in it. @throws PipelinesError `not_found` */
export async function watchTask(context: LiveContext, principal: Principal, id: string): Promise<Watching<TaskEvent>> {
  const snapshot = await getTask(context, principal, id);
  return async (tell, signal) => {
    const looking = new Looking();
    const told = new Map<string, LiveAnswer>();
    let known = snapshot;
    tell({ type: 'snapshot', task: snapshot });
    const leave = await context.feed.watch(snapshot.id, {
      onChange: () => looking.nudge(),
      onAnswer(runId, answer) {
        tell(sinceThen(runId, told.get(runId), answer));
        told.set(runId, answer);
      },
    });
    try {
      await looking.run(
        async () => {
          const now = await getTask(context, principal, id);
          for (const event of changesOf(known, now)) tell(event);
          known = now;
        },
        pace,
        signal,
      );
    } finally {
      leave();
    }
  };
}

function sinceThen(runId: string, before: LiveAnswer | undefined, now: LiveAnswer): TaskEvent {
  const same = before?.call === now.call ? before : { text: '', thinking: '' };
  return {
    type: 'answer',
    step_id: runId,
    from: same.text.length,
    text: now.text.slice(same.text.length),
    thinking_from: same.thinking.length,
    thinking: now.thinking.slice(same.thinking.length),
  };
}

function changesOf({ steps: before, ...task }: TaskDetail, { steps, ...now }: TaskDetail): TaskEvent[] {
  const known = new Map(before.map((step): [string, string] => [step.id, JSON.stringify(step)]));
  const changed = steps.filter((step: StepRun) => known.get(step.id) !== JSON.stringify(step));
  return [
    ...changed.map((step): TaskEvent => ({ type: 'step', step })),
    ...(JSON.stringify(task) === JSON.stringify(now) ? [] : [{ type: 'task' as const, task: now }]),
  ];
}
