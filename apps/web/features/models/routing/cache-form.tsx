import { maxCacheSeconds, routes } from '@pipelines/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useEdits } from '../../../use-edits.ts';
import { CacheSavings } from '../../cache-savings.tsx';
import { Part } from './part.tsx';
import { useUpdateRouting } from './use-routing.ts';

interface CacheFormProps {
  readonly slug: string;
  readonly saved: number | null;
  readonly closed: string | null;
}

/** Whether answers are given again to exactly the same request, for how long, and what that has saved. */
export function CacheForm({ slug, saved, closed }: CacheFormProps) {
  const { values, isEdited, edit } = useEdits({ cache_seconds: saved });
  const save = useUpdateRouting(slug);
  const queryClient = useQueryClient();
  const purge = useMutation({
    mutationFn: () => callApi(routes.purgeCachedAnswers, { params: { slug } }),
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: ['cache-savings'] });
      showToast({ title: 'The kept answers are gone.' });
    },
  });
  return (
    <Part
      title="Kept answers"
      help="A whole answer is given again to exactly the same request of your organization, without a call to the provider. Kept in the server’s memory only."
    >
      <div className="grid max-w-xl gap-3">
        <ProblemAlert error={save.error ?? purge.error} />
        <Field
          label="Keep answers for, seconds"
          help="A call can say otherwise with the header X-Pipelines-Cache: no-cache, no-store or max-age=60."
        >
          <NumberInput
            value={values.cache_seconds}
            onValueChange={(cache_seconds) => edit({ cache_seconds })}
            min={1}
            max={maxCacheSeconds}
            placeholder="Off"
          />
        </Field>
        <CacheSavings period="30d" slug={slug} />
        <div className="flex flex-wrap gap-2">
          <Button
            size="small"
            variant="primary"
            pending={save.isPending}
            unavailable={closed ?? (isEdited ? null : 'Nothing has been changed.')}
            onClick={() => save.mutate(values)}
          >
            Save
          </Button>
          <Button size="small" pending={purge.isPending} unavailable={closed} onClick={() => purge.mutate()}>
            Throw kept answers away
          </Button>
        </div>
      </div>
    </Part>
  );
}
