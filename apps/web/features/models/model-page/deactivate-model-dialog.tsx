import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';

export interface DeactivateModelDialogProps {
  readonly model: Model;
  readonly onClose: () => void;
  readonly onDeactivated: () => void;
}

/** Says what will stop working, by count and by name, before it does. */
export function DeactivateModelDialog({ model, onClose, onDeactivated }: DeactivateModelDialogProps) {
  const queryClient = useQueryClient();
  const dependents = useQuery({
    queryKey: ['models', 'dependents', model.slug],
    queryFn: ({ signal }) => callApi(routes.listDependents, { params: { slug: model.slug }, signal }),
  });
  const deactivate = useMutation({
    mutationFn: () => callApi(routes.deactivateModel, { params: { slug: model.slug }, query: { confirm: 'true' } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      onDeactivated();
    },
  });
  const count = dependents.data?.count ?? 0;
  return (
    <ConfirmDialog
      open
      danger
      title={`Delete ${model.display_name}?`}
      action="Delete model"
      pending={deactivate.isPending || dependents.isPending}
      error={deactivate.error?.message ?? dependents.error?.message}
      onConfirm={() => deactivate.mutate()}
      onCancel={onClose}
    >
      <p>
        Calls to <code className="font-mono text-xs">{model.slug}</code> fail from now on. The model is deactivated: its log and its costs
        stay.
      </p>
      {count > 0 && (
        <>
          <p className="mt-2 font-medium text-fg">
            {count} active {count === 1 ? 'workflow uses' : 'workflows use'} it and will fail to generate answers:
          </p>
          <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5">
            {dependents.data?.data.map((workflow) => (
              <li key={workflow.workflow_id}>{workflow.name}</li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
