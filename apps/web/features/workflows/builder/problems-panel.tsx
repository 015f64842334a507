import { ChevronDown, CircleAlert, CircleCheck } from 'lucide-react';
import { ProblemList, type ProblemListProps } from './problem-list.tsx';

/** What keeps the workflow from being published. Each leads to its step and field. */
export function ProblemsPanel({ graph, problems, onOpen }: ProblemListProps) {
  if (problems.length === 0) {
    return (
      <p
        role="status"
        className="flex w-fit items-center gap-1.5 rounded-lg border border-line bg-raised px-2.5 py-1.5 text-[13px] text-ok"
      >
        <CircleCheck aria-hidden className="size-4" />
        Nothing is wrong
      </p>
    );
  }
  return (
    <details className="group w-80 max-w-full rounded-lg border border-bad/40 bg-raised text-[13px] shadow-xs">
      <summary className="flex list-none items-center gap-1.5 px-2.5 py-1.5 font-medium text-bad">
        <CircleAlert aria-hidden className="size-4" />
        <span role="status">{problems.length === 1 ? '1 problem' : `${problems.length} problems`}</span>
        <ChevronDown aria-hidden className="ml-auto size-4 group-open:rotate-180" />
      </summary>
      <div className="max-h-56 overflow-y-auto border-line border-t p-1">
        <ProblemList graph={graph} problems={problems} onOpen={onOpen} />
      </div>
    </details>
  );
}
