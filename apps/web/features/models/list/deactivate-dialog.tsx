import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { showToast } from '../../../ui/toast.tsx';

export interface DeactivateDialogProps {
  readonly model: Pick<Model, 'slug' | 'display_name'>;
  readonly onClose: () => void;
  readonly onDeactivated?: () => void;
}

/** Asks before a model goes, and names the active workflows that would fail without it. */
export default function DeactivateDialog({ model, onClose, onDeactivated }: DeactivateDialogProps) {
  const queryClient = useQueryClient();
  const params = { slug: model.slug };
  const dependents = useQuery({
    queryKey: ['models', 'dependents', model.slug],
    queryFn: ({ signal }) => callApi(routes.listDependents, { params, signal }),
    staleTime: 0,
  });
  const deactivate = useMutation({
    mutationFn: () => callApi(routes.deactivateModel, { params, query: dependents.data?.count ? { confirm: 'true' } : {} }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      showToast({ title: `${model.display_name} has been deactivated.` });
      onClose();
      onDeactivated?.();
    },
  });
  const used = dependents.data?.data ?? [];
  const error = deactivate.error ?? dependents.error;

  return (
    <ConfirmDialog
      open
      danger
      title={`Deactivate ${model.display_name}?`}
      action="Deactivate"
      pending={deactivate.isPending || dependents.isPending}
      error={error?.message}
      onConfirm={() => deactivate.mutate()}
      onCancel={onClose}
    >
      <p>
        Programs and workflows that call <code className="font-mono text-xs">{model.slug}</code> get a clear error from then on. Its history
        in the log and in the usage stays.
      </p>
      {dependents.isPending && <Skeleton className="mt-3 w-48" />}
      {used.length > 0 && dependents.data && (
        <div className="mt-3 text-fg">
          <p className="font-medium">
            {dependents.data.count === 1 ? 'One active workflow uses it:' : `${dependents.data.count} active workflows use it:`}
          </p>
          <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5">
            {used.map((workflow) => (
              <li key={workflow.workflow_id}>{workflow.name}</li>
            ))}
          </ul>
        </div>
      )}
    </ConfirmDialog>
  );
}
