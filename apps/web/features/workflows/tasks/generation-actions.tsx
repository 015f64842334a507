import type { StepRun, TaskDetail } from '@pipelines/contracts';
import { Columns2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { RegenerateButton } from './regenerate-button.tsx';

export interface GenerationActionsProps {
  readonly run: StepRun;
  readonly task: TaskDetail;
  readonly title: string;
}

/** What can be done with an LLM step that has ended: once more, or beside what it said before. */
export function GenerationActions({ run, task, title }: GenerationActionsProps) {
  const [isComparing, setIsComparing] = useState(false);
  const runs = task.steps.filter((each) => each.step === run.step && (each.state === 'finished' || each.state === 'failed'));
  return (
    <div className="flex flex-wrap gap-2">
      <RegenerateButton run={run} task={task} />
      {runs.length > 1 && (
        <Button size="small" icon={<Columns2 aria-hidden className="size-3.5" />} onClick={() => setIsComparing(true)}>
          Compare {runs.length} generations
        </Button>
      )}
      <CompareDialog runs={runs} title={title} open={isComparing} onClose={() => setIsComparing(false)} />
    </div>
  );
}
