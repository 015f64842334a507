import type { StepKind, StepRun, TaskDetail } from '@pipelines/contracts';
import { useState } from 'react';
import { Badge } from '../../../ui/badge.tsx';
import { formatDuration } from '../../../ui/format-duration.ts';
import { stepIcons } from '../graph/step-icons.ts';
import { AttemptList } from './attempt-list.tsx';
import { GenerationActions } from './generation-actions.tsx';
import { JsonValue } from './json-value.tsx';
import { LiveAnswerText } from './live-answer.tsx';
import { LlmRequest } from './llm-request.tsx';
import { ReviewForm } from './review-form.tsx';
import type { LiveAnswer } from './task-events.ts';
import { StepStateWord } from './task-state.tsx';
import { ToolCallList } from './tool-call-list.tsx';

export interface StepRunCardProps {
  readonly run: StepRun;
  readonly task: TaskDetail;
  readonly title: string;
  /** As it is coming; null while nothing is. */
  readonly answer: LiveAnswer | null;
}

/** One run of one step: open from the beginning where it runs, waits or has failed. */
export function StepRunCard({ run, task, title, answer }: StepRunCardProps) {
  const Icon = run.kind in stepIcons ? stepIcons[run.kind as StepKind] : null;
  // What somebody has watched stays open when it ends.
  const [isOpen, setIsOpen] = useState(!run.superseded && run.state !== 'finished' && run.state !== 'skipped');
  const isLlm = run.kind === 'llm';
  const isWaiting = run.state === 'waiting';
  const tookMs = run.finished_at === null ? null : Date.parse(run.finished_at) - Date.parse(run.started_at);
  return (
    <details
      open={isOpen}
      onToggle={(event) => event.target === event.currentTarget && setIsOpen(event.currentTarget.open)}
      className="group rounded-xl border border-line bg-panel"
    >
      <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-xl px-4 py-3 hover:bg-hover">
        {Icon && <Icon aria-hidden className="size-4 text-primary-text" />}
        <span className="font-medium text-[13px]">{title}</span>
        {run.generation > 1 && <Badge>Run {run.generation}</Badge>}
        {run.trigger !== 'auto' && <Badge>{run.trigger === 'admin' ? 'by an admin' : 'by a builder'}</Badge>}
        {run.superseded && <Badge>overtaken</Badge>}
        {run.port !== null && run.port !== 'next' && <Badge tone="accent">{run.port}</Badge>}
        <span className="ml-auto flex items-center gap-3">
          {tookMs !== null && <span className="text-muted text-xs tabular-nums">{formatDuration(tookMs)}</span>}
          <StepStateWord state={run.state} />
        </span>
      </summary>
      <div className="space-y-4 border-line border-t p-4">
        {run.error && (
          <p className="text-[13px] text-bad">
            {run.error.message} <code className="font-mono text-xs">{run.error.code}</code>
          </p>
        )}
        {isWaiting ? (
          <>
            <JsonValue label="To review" value={run.input} />
            <ReviewForm stepRunId={run.id} taskId={task.id} />
          </>
        ) : (
          <div className="grid gap-4 lg:grid-cols-2">
            {isLlm && run.input !== null ? <LlmRequest input={run.input} /> : <JsonValue label="Input" value={run.input} />}
            {run.state === 'running' && answer ? <LiveAnswerText answer={answer} /> : <JsonValue label="Output" value={run.output} />}
          </div>
        )}
        {run.thinking && (
          <details className="text-[13px]">
            <summary className="font-medium">Thinking</summary>
            <p className="mt-1.5 whitespace-pre-wrap text-muted">{run.thinking}</p>
          </details>
        )}
        {run.tool_calls.length > 0 && <ToolCallList calls={run.tool_calls} />}
        {run.attempts.length > 0 && <AttemptList attempts={run.attempts} />}
        {isLlm && (run.state === 'finished' || run.state === 'failed') && <GenerationActions run={run} task={task} title={title} />}
      </div>
    </details>
  );
}
