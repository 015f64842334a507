import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { useWhileShown } from '../../../use-while-shown.ts';
import { ImpactList } from '../impact/impact-list.tsx';
import { RepointAll } from '../impact/repoint-all.tsx';
import { useImpact } from '../impact/use-impact.ts';

export interface DeactivateModelDialogProps {
  readonly model: Model;
  readonly onClose: () => void;
  readonly onDeactivated: () => void;
}

/** Says what will stop working, by count and by name, before it does. */
export function DeactivateModelDialog({ model, onClose, onDeactivated }: DeactivateModelDialogProps) {
  const queryClient = useQueryClient();
  const whileShown = useWhileShown();
  const impact = useImpact(model.slug, { kind: 'deactivate' });
  const mayRepoint = useMay('workflows:write');
  const deactivate = useMutation({
    mutationFn: () => callApi(routes.deactivateModel, { params: { slug: model.slug }, query: { confirm: 'true' } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      whileShown(onDeactivated);
    },
  });
  const count = impact.data?.workflows.length ?? 0;
  // The way to repoint stays in sight after it was used: it says what it did.
  const [hadUsers, setHadUsers] = useState(false);
  if (count > 0 && !hadUsers) setHadUsers(true);
  const named = (impact.data?.aliases.length ?? 0) + (impact.data?.stands_in_for.length ?? 0);
  const affected = count + (impact.data?.api_keys?.length ?? 0) + named;
  return (
    <ConfirmDialog
      open
      danger
      width={affected > 0 ? 'medium' : 'small'}
      title={`Delete ${model.display_name}?`}
      action="Delete model"
      pending={deactivate.isPending || impact.isPending}
      error={deactivate.error?.message ?? impact.error?.message}
      onConfirm={() => deactivate.mutate()}
      onCancel={onClose}
    >
      <p>
        Calls to <code className="font-mono text-xs">{model.slug}</code> fail from now on. The model is deactivated: its log and its costs
        stay.
      </p>
      {affected > 0 && impact.data && (
        <>
          {count > 0 ? (
            <p className="mt-2 font-medium text-fg">
              {count} active {count === 1 ? 'workflow uses' : 'workflows use'} it:
            </p>
          ) : (
            <p className="mt-2 font-medium text-fg">Programs notice it:</p>
          )}
          <div className="mt-1.5 max-h-56 overflow-y-auto">
            <ImpactList impact={impact.data} />
          </div>
        </>
      )}
      <div className="mt-3">{(count > 0 || hadUsers) && mayRepoint && <RepointAll model={model} />}</div>
    </ConfirmDialog>
  );
}
