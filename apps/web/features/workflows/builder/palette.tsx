import type { StepKind } from '@pipelines/contracts';
import { Button } from '../../../ui/button.tsx';
import { stepKindNames } from '../graph/new-step.ts';
import { stepIcons } from '../graph/step-icons.ts';

const kinds: readonly StepKind[] = ['llm', 'gate', 'review', 'http', 'transform'];

export interface PaletteProps {
  /** Kinds besides the usual, such as an end that an imported graph lacks. */
  readonly missing: readonly StepKind[];
  /** Title of the step that a new one comes after. */
  readonly after: string | null;
  readonly unavailable: string | null;
  readonly onAdd: (kind: StepKind) => void;
}

/** What can be added, after the selected step. */
export function Palette({ missing, after, unavailable, onAdd }: PaletteProps) {
  return (
    <section aria-label="Add a step" className="flex flex-wrap items-center gap-1 rounded-xl border border-line bg-raised p-1 shadow-xs">
      {[...kinds, ...missing].map((kind) => {
        const Icon = stepIcons[kind];
        return (
          <Button
            key={kind}
            variant="ghost"
            size="small"
            icon={<Icon aria-hidden className="size-3.5 text-primary-text" />}
            unavailable={unavailable}
            title={after ? `Add after "${after}"` : 'Add to the pipeline'}
            onClick={() => onAdd(kind)}
          >
            <span className="sr-only">Add </span>
            {stepKindNames[kind]}
          </Button>
        );
      })}
    </section>
  );
}
