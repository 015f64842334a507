import { routes, type ToolEndpointDetail } from '@pipelines/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { toolDependentsQuery, toolEndpointsQuery } from '../tool-queries.ts';

export interface DeleteToolEndpointDialogProps {
  readonly endpoint: ToolEndpointDetail;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Says which pipelines will fail, by count and by name, before they do. */
export function DeleteToolEndpointDialog({ endpoint, onClose, onDeleted }: DeleteToolEndpointDialogProps) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const dependents = useQuery(toolDependentsQuery(endpoint.id));
  const remove = useMutation({
    mutationFn: () => callApi(routes.deleteToolEndpoint, { params: { id: endpoint.id }, query: { confirm: 'true' } }),
    onSuccess: async () => {
      whileShown(onDeleted);
      await queryClient.invalidateQueries({ queryKey: toolEndpointsQuery.queryKey });
    },
  });
  const count = dependents.data?.count ?? 0;
  return (
    <ConfirmDialog
      open
      danger
      title={`Delete ${endpoint.name}?`}
      action="Delete tool endpoint"
      pending={remove.isPending || dependents.isPending}
      error={remove.error?.message ?? dependents.error?.message}
      onConfirm={() => remove.mutate()}
      onCancel={onClose}
    >
      <p>Its credential is erased. The calls that were made stay with their tasks. This cannot be undone.</p>
      {count > 0 && (
        <>
          <p className="mt-2 font-medium text-fg">
            {count} active {count === 1 ? 'workflow uses' : 'workflows use'} it, and will fail at the step that does:
          </p>
          <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-5">
            {dependents.data?.data.map((workflow) => (
              <li key={workflow.workflow_id}>
                {workflow.name} ({workflow.steps.join(', ')})
              </li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}
