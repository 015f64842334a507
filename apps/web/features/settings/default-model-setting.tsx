import { useMay } from '../../session-query.ts';
import { Field } from '../../ui/field.tsx';
import { useMakeDefault } from '../../use-make-default.ts';
import { ModelSelect } from '../model-select.tsx';
import { useOfferedModels } from '../use-offered-models.ts';

export function DefaultModelSetting({ slug }: { readonly slug: string | null }) {
  const mayWrite = useMay('settings:write');
  const makeDefault = useMakeDefault();
  const models = useOfferedModels(slug);
  return (
    <div className="max-w-md">
      <Field label="Model" help={mayWrite ? null : 'Only admins choose the default model.'}>
        <ModelSelect
          placeholder="None chosen"
          disabled={!mayWrite || makeDefault.isPending}
          slug={slug}
          models={models.data ?? []}
          onChange={(model) => model.slug !== slug && makeDefault.mutate(model)}
        />
      </Field>
    </div>
  );
}
