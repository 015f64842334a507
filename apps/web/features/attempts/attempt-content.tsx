import { type AttemptDetail, routes } from '@pipelines/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { callApi } from '../../api-client.ts';
import { useMay } from '../../session-query.ts';
import { settingsQuery } from '../../settings-query.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const KeptContent = lazy(() => import('./kept-content.tsx'));

/** What was said in a call, once somebody asks to see it: each reading is written down. */
export function AttemptContent({ attempt }: { readonly attempt: AttemptDetail }) {
  const mayRead = useMay('contents:read');
  const content = useMutation({
    mutationFn: () => callApi(routes.getAttemptContent, { params: { id: attempt.id } }),
    // Not for longer than it is looked at.
    gcTime: 0,
  });
  if (!attempt.content_kept) return <NothingKept />;
  if (content.data) {
    return (
      <Suspense fallback={<Skeleton className="h-40 w-full" />}>
        <KeptContent content={content.data} />
      </Suspense>
    );
  }
  return (
    <div className="space-y-2">
      <ProblemAlert error={content.error} />
      <Button
        size="small"
        icon={<Eye aria-hidden className="size-3.5" />}
        pending={content.isPending}
        unavailable={mayRead ? null : 'Only admins read what was said.'}
        onClick={() => content.mutate()}
      >
        Show request and answer
      </Button>
      <p className="text-muted text-xs">They are kept sealed. That you read them is written in the audit log.</p>
    </div>
  );
}

function NothingKept() {
  const settings = useQuery(settingsQuery);
  const isOn = settings.data?.content_retention_days != null;
  const link = (
    <Link to="/settings" className="text-primary-text underline underline-offset-2">
      Settings
    </Link>
  );
  return (
    <p className="text-[13px] text-muted">
      {isOn ? (
        'Nothing of this call is kept: it came before content logging was switched on, is older than contents are kept, was answered from the cache, or was a test of ours.'
      ) : (
        <>Requests and answers are not kept. An admin can switch content logging on under {link}; it holds for later calls.</>
      )}
    </p>
  );
}
