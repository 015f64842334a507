import type { Model } from '@pipelines/contracts';
import { ModelSelect } from '../../model-select.tsx';
import { useOfferedModels } from '../../use-offered-models.ts';

export interface TargetSelectProps {
  readonly from: Model;
  readonly value: string | null;
  readonly onChange: (slug: string) => void;
  readonly label?: string;
  readonly placeholder?: string;
}

/** The models that could take over. */
export function TargetSelect({ from, value, onChange, label = 'Repoint to', placeholder = 'Repoint to …' }: TargetSelectProps) {
  const models = useOfferedModels(value);
  return (
    <ModelSelect
      label={label}
      placeholder={placeholder}
      slug={value}
      models={models.data ?? []}
      fits={({ slug, status }) => slug !== from.slug && status !== 'not_configured'}
      onChange={({ slug }) => onChange(slug)}
    />
  );
}
