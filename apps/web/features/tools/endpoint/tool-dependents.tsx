import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { toolDependentsQuery } from '../tool-queries.ts';

/** The active pipelines that call its tools. */
export function ToolDependents({ id }: { readonly id: string }) {
  const dependents = useQuery(toolDependentsQuery(id));
  return (
    <section aria-label="Used by">
      <h2 className="mb-2 font-semibold text-[15px]">Used by</h2>
      <ProblemAlert error={dependents.error} />
      {dependents.data?.count === 0 && <p className="text-[13px] text-muted">No active pipeline uses it.</p>}
      {dependents.data && dependents.data.count > 0 && (
        <ul className="divide-y divide-line rounded-xl border border-line bg-panel">
          {dependents.data.data.map(({ workflow_id, name, version, steps }) => (
            <li key={workflow_id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5 text-[13px]">
              <Link to="/workflows/$id" params={{ id: workflow_id }} className="font-medium hover:underline">
                {name}
              </Link>
              <span className="text-muted">
                version {version}, {steps.length === 1 ? 'step' : 'steps'} {steps.join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
