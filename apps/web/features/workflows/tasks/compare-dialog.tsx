import type { StepRun } from '@pipelines/contracts';
import { lazy, Suspense, useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

const GenerationDiff = lazy(() => import('./generation-diff.tsx').then((module) => ({ default: module.GenerationDiff })));

export interface CompareDialogProps {
  /** Of one step, oldest first; at least two. */
  readonly runs: readonly StepRun[];
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Two generations of a step side by side. */
export function CompareDialog({ runs, title, open, onClose }: CompareDialogProps) {
  const [chosen, setChosen] = useState<readonly [string | null, string | null]>([null, null]);
  const before = runs.find((run) => run.id === chosen[0]) ?? runs.at(-2);
  const after = runs.find((run) => run.id === chosen[1]) ?? runs.at(-1);
  const options = runs.map((run) => ({ value: run.id, label: `Generation ${run.generation}` }));
  if (before === undefined || after === undefined) return null;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Compare: ${title}`}
      description="What two generations were asked and what they said."
      width="wide"
    >
      <div className="mb-4 grid grid-cols-2 gap-4">
        <Select label="Before" value={before.id} onValueChange={(id) => setChosen([id, chosen[1]])} options={options} />
        <Select label="After" value={after.id} onValueChange={(id) => setChosen([chosen[0], id])} options={options} />
      </div>
      <Suspense fallback={<Skeleton className="h-64 w-full" />}>
        <GenerationDiff before={before} after={after} />
      </Suspense>
    </Dialog>
  );
}
