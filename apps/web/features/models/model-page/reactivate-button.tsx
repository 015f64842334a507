import { type Model, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { callApi } from '../../../api-client.ts';
import { useMay } from '../../../session-query.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.ts';

/** Takes a deactivated model back into use. */
export function ReactivateButton({ model }: { readonly model: Model }) {
  const queryClient = useQueryClient();
  const mayWrite = useMay('models:write');
  const reactivate = useMutation({
    mutationFn: () => callApi(routes.reactivateModel, { params: { slug: model.slug } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['models'] });
      showToast({ title: `${model.display_name} is in use again` });
    },
    onError: (error) => showToast({ tone: 'bad', title: error.message }),
  });
  return (
    <Button
      size="small"
      icon={<RotateCcw aria-hidden className="size-3.5" />}
      pending={reactivate.isPending}
      unavailable={mayWrite ? null : 'Only admins change models.'}
      onClick={() => reactivate.mutate()}
    >
      Reactivate
    </Button>
  );
}
