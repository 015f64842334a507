import type { Evaluation } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../../ui/problem-alert.tsx';
import { ProgressBar } from '../../../../ui/progress-bar.tsx';
import { RelativeTime } from '../../../../ui/relative-time.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { evaluationQuery, isOver } from '../evaluation-queries.ts';
import { EvaluationStateWord } from '../evaluation-state.tsx';
import { CandidateChart } from './candidate-chart.tsx';
import { CandidateTable } from './candidate-table.tsx';
import { CheckTable } from './check-table.tsx';
import { ComparisonList } from './comparison-list.tsx';
import { EvaluationActions } from './evaluation-actions.tsx';
import { RowList } from './row-list.tsx';

const route = getRouteApi('/shell/evaluations/$id');

/** One evaluation while it runs and afterwards. */
export function EvaluationPage() {
  const { id } = route.useParams();
  const { filter = 'all' } = route.useSearch();
  const navigate = route.useNavigate();
  const evaluation = useQuery(evaluationQuery(id));
  const { data } = evaluation;
  return (
    <>
      <PageHeader
        title={data?.name ?? <Skeleton className="h-7 w-56" />}
        documentTitle={data?.name ?? 'Evaluation'}
        description={data && <Description evaluation={data} />}
        actions={data && <EvaluationActions evaluation={data} />}
      />
      <ProblemAlert error={evaluation.error} onRetry={() => evaluation.refetch()} />
      {evaluation.isPending && <Skeleton className="h-80 w-full" />}
      {data && (
        <div className="space-y-8">
          {!isOver(data) && <Progress evaluation={data} />}
          <CandidateTable evaluation={data} />
          <div className="grid grid-cols-1 gap-6 xl:grid-cols-2">
            <CandidateChart candidates={data.candidates} />
            <div className="min-w-0 space-y-6">
              <ComparisonList evaluation={data} />
              <CheckTable evaluation={data} />
            </div>
          </div>
          <RowList
            evaluation={data}
            filter={filter}
            onFilterChange={(next) => void navigate({ search: { filter: next === 'all' ? undefined : next }, replace: true })}
          />
        </div>
      )}
    </>
  );
}

function Description({ evaluation }: { readonly evaluation: Evaluation }) {
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <EvaluationStateWord state={evaluation.state} />
      <Link to="/workflows/$id" params={{ id: evaluation.workflow.id }} className="text-primary-text underline underline-offset-2">
        {evaluation.workflow.name}
      </Link>
      <span>
        {evaluation.rows.toLocaleString('en')} {evaluation.rows === 1 ? 'row' : 'rows'} of {evaluation.dataset.name}
      </span>
      <span>
        begun <RelativeTime at={evaluation.created_at} />
      </span>
    </span>
  );
}

function Progress({ evaluation: { progress } }: { readonly evaluation: Evaluation }) {
  return (
    <div className="flex items-center gap-2.5">
      <ProgressBar label="Tasks and judgements that have ended" value={progress.ended} max={progress.total} />
      <span className="shrink-0 text-[13px] tabular-nums">
        {progress.ended.toLocaleString('en')} / {progress.total.toLocaleString('en')}
      </span>
    </div>
  );
}
