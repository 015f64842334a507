import { routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../api-client.ts';
import { useMay } from '../../session-query.ts';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { useMakeDefault } from '../../use-make-default.ts';

/** The most models that a plain list can offer; beyond, the list of models has "Make default". */
const offered = 200;

export function DefaultModelSetting({ slug }: { readonly slug: string | null }) {
  const mayWrite = useMay('settings:write');
  const makeDefault = useMakeDefault();
  const models = useQuery({
    queryKey: ['models', 'choices'],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: offered, task: 'chat' }, signal }),
  });
  const choices = (models.data?.data ?? []).filter((model) => model.active);
  const options = choices.map((model) => ({
    value: model.slug,
    label: model.display_name,
    group: model.kind === 'platform' ? 'Platform' : 'Custom',
  }));
  const known = slug === null || options.some((option) => option.value === slug);

  function choose(next: string) {
    const model = choices.find((choice) => choice.slug === next);
    if (model && next !== slug) makeDefault.mutate(model);
  }

  return (
    <div className="max-w-md">
      <Field
        label="Model"
        help={
          mayWrite
            ? models.data?.next_cursor
              ? 'Not in the list? Use "Make default" in the list of models.'
              : null
            : 'Only admins choose the default model.'
        }
      >
        <Select
          placeholder="None chosen"
          disabled={!mayWrite || makeDefault.isPending}
          value={slug}
          onValueChange={choose}
          options={known ? options : [...options, { value: slug, label: slug }]}
        />
      </Field>
    </div>
  );
}
