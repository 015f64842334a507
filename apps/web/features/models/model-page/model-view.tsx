import type { Model } from '@pipelines/contracts';
import { Link, useNavigate } from '@tanstack/react-router';
import { MessageSquare, Pencil, PlugZap, Split, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../../session-query.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { HealthWord } from '../../../ui/health-word.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.ts';
import { RepointHistory } from '../impact/repoint-history.tsx';
import { ModelStatusWord } from '../model-status.tsx';
import { ModelProbe } from '../probe/model-probe.tsx';
import { DeactivateModelDialog } from './deactivate-model-dialog.tsx';
import { EditModelDialog } from './edit-model-dialog.tsx';
import { ModelCall } from './model-call.tsx';
import { ModelFacts } from './model-facts.tsx';
import { ModelHealthPanel } from './model-health-panel.tsx';
import { ModelLimit, ModelLimits } from './model-limit.tsx';
import { ModelNotices } from './model-notices.tsx';
import { ModelRecentCalls } from './model-recent-calls.tsx';
import { ModelUsage } from './model-usage.tsx';
import { useModelTest } from './use-model-test.ts';

const ModelPrices = lazy(() => import('../prices/model-prices.tsx'));
const ReplaySection = lazy(() => import('../replay/replay-section.tsx'));
const ModelRouting = lazy(() => import('../routing/model-routing.tsx'));
const RepointDialog = lazy(() => import('../impact/repoint-dialog.tsx'));

type OpenDialog = 'edit' | 'delete' | 'repoint' | null;

export function ModelView({ model }: { readonly model: Model }) {
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const test = useModelTest(model);
  const mayWrite = useMay('models:write');
  const mayRepoint = useMay('workflows:write');
  const navigate = useNavigate();
  function closeEdit() {
    setDialog(null);
    // A result on the page speaks of the model as it was before the edit.
    test.reset();
  }
  const closed = whyClosed(model, mayWrite);
  return (
    <>
      <PageHeader
        documentTitle={model.display_name}
        title={
          <span className="flex flex-wrap items-center gap-2">
            {model.display_name}
            {model.is_default && <Badge tone="accent">Default</Badge>}
            <Badge>{model.kind === 'platform' ? 'Platform' : 'Custom'}</Badge>
            {model.task === 'embeddings' && <Badge>Embeddings</Badge>}
          </span>
        }
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <code className="font-mono text-[13px]">{model.slug}</code>
            <ModelStatusWord model={model} />
            {model.active && <HealthWord health={model.health} />}
          </span>
        }
        actions={
          <>
            <Button
              icon={<MessageSquare aria-hidden className="size-4" />}
              unavailable={whyNotTried(model)}
              onClick={() => void navigate({ to: '/playground', search: { model: model.slug } })}
            >
              Try it
            </Button>
            <Button
              icon={<PlugZap aria-hidden className="size-4" />}
              pending={test.state.phase === 'running'}
              unavailable={closed.test}
              onClick={() => void test.run()}
            >
              Test connection
            </Button>
            <Button
              icon={<Split aria-hidden className="size-4" />}
              unavailable={mayRepoint ? null : 'Your role does not change workflows.'}
              onClick={() => setDialog('repoint')}
            >
              Repoint
            </Button>
            <Button
              variant="primary"
              icon={<Pencil aria-hidden className="size-4" />}
              unavailable={closed.change}
              onClick={() => setDialog('edit')}
            >
              Edit
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Delete model"
              icon={<Trash2 aria-hidden className="size-4" />}
              unavailable={closed.change}
              onClick={() => setDialog('delete')}
            />
          </>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <ModelNotices model={model} test={test} />
        <ModelUsage slug={model.slug} />
        <ModelHealthPanel slug={model.slug} />
        <ModelFacts model={model} />
        <Suspense fallback={<Skeleton className="h-40" />}>
          <ModelPrices model={model} closed={closed.change} />
        </Suspense>
        {model.task === 'chat' && <ModelProbe model={model} closed={closed.test} />}
        <Suspense fallback={<Skeleton className="h-64" />}>
          <ModelRouting model={model} closed={closed.routing} />
        </Suspense>
        <ModelLimit slug={model.slug} />
        <ModelLimits slug={model.slug} />
        <ModelCall model={model} />
        <RepointHistory slug={model.slug} />
        <Suspense>
          <ReplaySection model={model} />
        </Suspense>
        <ModelRecentCalls slug={model.slug} />
        <p className="text-[13px] text-muted">
          See{' '}
          <Link to="/models" className="font-medium text-primary-text underline underline-offset-2">
            all models
          </Link>
          .
        </p>
      </div>
      <Suspense>{dialog === 'repoint' && <RepointDialog model={model} onClose={() => setDialog(null)} />}</Suspense>
      {dialog === 'edit' && <EditModelDialog model={model} onClose={closeEdit} />}
      {dialog === 'delete' && (
        <DeactivateModelDialog
          model={model}
          onClose={() => setDialog(null)}
          onDeactivated={() => {
            showToast({ title: `${model.display_name} has been deactivated` });
            void navigate({ to: '/models' });
          }}
        />
      )}
    </>
  );
}

function whyNotTried({ active, task }: Model): string | null {
  if (!active) return 'The model has been deactivated.';
  return task === 'chat' ? null : 'It embeds texts, and does not chat.';
}

/** Why an action is not open to this person on this model. */
function whyClosed({ active, kind, status, status_detail }: Model, mayWrite: boolean) {
  const deactivated = active ? null : 'The model has been deactivated.';
  const routing = mayWrite ? deactivated : 'Only admins change models.';
  const change = mayWrite && kind === 'platform' ? 'Platform models are kept by the operator.' : routing;
  const test = !mayWrite ? 'Only admins test models.' : status === 'not_configured' ? status_detail : active ? null : change;
  return { change, routing, test };
}
