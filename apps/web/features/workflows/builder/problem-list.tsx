import type { Graph, GraphProblem } from '@pipelines/contracts';

export interface ProblemListProps {
  readonly graph: Graph;
  readonly problems: readonly GraphProblem[];
  readonly onOpen: (problem: GraphProblem) => void;
}

/** Problems under the title of their step, in the order of the steps. Each leads to its field. */
export function ProblemList({ graph, problems, onOpen }: ProblemListProps) {
  return (
    <ul aria-label="Problems" className="space-y-1.5 text-[13px]">
      {groupByStep(graph, problems).map((group) => (
        <li key={group.name ?? ''}>
          <p className="px-2 pt-1 font-medium">{group.title}</p>
          <ul aria-label={group.title}>
            {group.problems.map((problem) => (
              <li key={`${problem.field} ${problem.message}`}>
                {problem.step === null ? (
                  <p className="px-2 py-1">{problem.message}</p>
                ) : (
                  <button
                    type="button"
                    onClick={() => onOpen(problem)}
                    className="w-full rounded-md px-2 py-1 text-left outline-offset-[-2px] hover:bg-hover"
                  >
                    {problem.message}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function groupByStep(graph: Graph, problems: readonly GraphProblem[]) {
  const places: { readonly name: string | null; readonly title: string }[] = [{ name: null, title: 'The whole pipeline' }, ...graph.steps];
  return places
    .map(({ name, title }) => ({ name, title, problems: problems.filter((problem) => problem.step === name) }))
    .filter((group) => group.problems.length > 0);
}
