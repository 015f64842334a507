import type { Model, Repoint } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useWhileShown } from '../../../use-while-shown.ts';
import { RepointChoices } from './repoint-choices.tsx';
import { TargetSelect } from './target-select.tsx';
import { describeRepoint, repointPreviewQuery, useRepoint } from './use-repoint.ts';

export interface RepointDialogProps {
  readonly model: Model;
  /** Slug that is chosen already. */
  readonly initialTo?: string;
  readonly onClose: () => void;
}

/** Choose the model that takes over, see who can go along and who cannot, and repoint all or some. */
export default function RepointDialog({ model, initialTo, onClose }: RepointDialogProps) {
  const [to, setTo] = useState<string | null>(initialTo ?? null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const whileShown = useWhileShown();
  const preview = useQuery(repointPreviewQuery(model.slug, to));
  const repoint = useRepoint(model.slug, (result) => {
    showToast({ title: describeRepoint(result), description: 'It can be undone on this page.' });
    whileShown(onClose);
  });
  const workflows = (preview.data?.workflows ?? []).filter(canGo).filter(({ workflow_id }) => !left.has(workflow_id));
  const chosenKeys = (preview.data?.api_keys ?? []).filter(({ id }) => keys.has(id)).map(({ id }) => id);
  const count = workflows.length + chosenKeys.length;

  function submit() {
    if (to === null) return;
    repoint.mutate({ to, workflows: workflows.map(({ workflow_id }) => workflow_id), apiKeys: chosenKeys });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Repoint the users of ${model.display_name}`}
      description="Each workflow gets a new version in which only the model differs. It can be undone."
      footer={
        <div className="grid gap-3">
          <ProblemAlert error={repoint.error} />
          <div className="flex justify-end gap-2">
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              pending={repoint.isPending}
              unavailable={to === null ? 'Choose the model that takes over.' : count === 0 ? 'Nothing is chosen.' : null}
              onClick={submit}
            >
              Repoint
            </Button>
          </div>
        </div>
      }
    >
      <div className="grid gap-4">
        <TargetSelect from={model} value={to} onChange={setTo} />
        <ProblemAlert error={preview.error} />
        {to !== null && preview.isPending && <Skeleton className="h-32" />}
        {preview.data && (
          <RepointChoices
            preview={preview.data}
            left={left}
            keys={keys}
            onToggleWorkflow={(id) => setLeft(toggled(left, id))}
            onToggleKey={(id) => setKeys(toggled(keys, id))}
          />
        )}
      </div>
    </Dialog>
  );
}

function canGo({ published, draft }: Repoint['workflows'][number]): boolean {
  return published === 'repointed' || draft === 'repointed';
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
