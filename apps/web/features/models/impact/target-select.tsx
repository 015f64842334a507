import { type Model, routes } from '@pipelines/contracts';
import { useQuery } from '@tanstack/react-query';
import { callApi } from '../../../api-client.ts';
import { providerNames } from '../../../ui/provider-names.ts';
import { Select } from '../../../ui/select.tsx';

export interface TargetSelectProps {
  readonly from: Model;
  readonly value: string | null;
  readonly onChange: (slug: string) => void;
  readonly label?: string;
  readonly placeholder?: string;
}

/** The models that could take over, custom ones first. */
export function TargetSelect({ from, value, onChange, label = 'Repoint to', placeholder = 'Repoint to …' }: TargetSelectProps) {
  const models = useQuery({
    queryKey: ['models', 'targets'],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 200, task: 'chat' }, signal }),
  });
  const usable = (models.data?.data ?? []).filter(
    ({ slug, active, status }) => slug !== from.slug && active && status !== 'not_configured',
  );
  const options = ['custom', 'platform'].flatMap((kind) =>
    usable
      .filter((model) => model.kind === kind)
      .map((model) => ({
        value: model.slug,
        label: model.display_name,
        hint: providerNames[model.provider],
        group: kind === 'custom' ? 'Custom' : 'Platform',
      })),
  );
  return <Select label={label} placeholder={placeholder} value={value} onValueChange={onChange} options={options} />;
}
