import { type Replay, type ReplayAnswer, type ReplayContent, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callApi } from '../../../api-client.ts';
import { Alert } from '../../../ui/alert.tsx';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TextDiff } from '../../../ui/text-diff.tsx';

export interface ReplayItemDialogProps {
  readonly replay: Replay;
  readonly item: number;
  readonly onClose: () => void;
}

/** One input, and what the two models said to it with the differences marked. */
export default function ReplayItemDialog({ replay, item, onClose }: ReplayItemDialogProps) {
  const content = useQuery({
    queryKey: ['models', 'replay-item', replay.from, replay.id, item, replay.state],
    queryFn: ({ signal }) => callApi(routes.getReplayItem, { params: { slug: replay.from, id: replay.id, item }, signal }),
    // Not for longer than it is looked at, and not again by itself: each reading is written down.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog open onClose={onClose} title={`Input ${item}`} description={`${replay.from} beside ${replay.to}`} width="wide">
      <ProblemAlert error={content.error} onRetry={() => content.refetch()} />
      {content.isPending && <Skeleton className="h-64 w-full" />}
      {content.data && <Content content={content.data} />}
    </Dialog>
  );
}

function Content({ content }: { readonly content: ReplayContent }) {
  const { request, baseline, candidate, baseline_answer, candidate_answer } = content;
  return (
    <div className="space-y-5">
      {request === null ? (
        <Alert tone="info" title="What was said is not kept any more. The numbers stay." live={false} />
      ) : (
        <>
          <TextDiff label="Answer" before={textOf(baseline_answer)} after={textOf(candidate_answer)} />
          <TextDiff label="Tool calls" before={callsOf(baseline_answer)} after={callsOf(candidate_answer)} />
          <details>
            <summary className="cursor-pointer font-medium text-[13px]">Request</summary>
            <div className="mt-2 max-h-80 overflow-y-auto">
              <CodeBlock code={JSON.stringify(request, null, 2)} what="the request" />
            </div>
          </details>
        </>
      )}
      <p className="flex flex-wrap gap-x-4 text-[13px]">
        {[
          ['The first call in the log', baseline.attempt_id],
          ['The other call in the log', candidate.attempt_id],
        ].map(
          ([name, attempt]) =>
            attempt && (
              <Link key={attempt} to="/log" search={{ attempt }} className="text-primary-text underline underline-offset-2">
                {name}
              </Link>
            ),
        )}
      </p>
    </div>
  );
}

const textOf = (answer: ReplayAnswer | null) => (answer === null ? 'No answer.' : answer.text);
const callsOf = (answer: ReplayAnswer | null) =>
  (answer?.tool_calls ?? []).map(({ name, arguments: given }) => `${name} ${readable(given)}`).join('\n');

function readable(given: string): string {
  try {
    return JSON.stringify(JSON.parse(given), null, 2);
  } catch {
    return given;
  }
}
