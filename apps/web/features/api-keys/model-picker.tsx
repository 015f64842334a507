import { routes } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { callApi } from '../../api-client.ts';
import { Autocomplete } from '../../ui/autocomplete.tsx';
import { Field } from '../../ui/field.tsx';
import { useSettled } from '../../use-settled.ts';

export interface ModelPickerProps {
  readonly slugs: readonly string[];
  readonly onChange: (slugs: string[]) => void;
  readonly error?: string | undefined;
}

/** Any number of models, found by typing. None means every model. */
export function ModelPicker({ slugs, onChange, error }: ModelPickerProps) {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const models = useQuery({
    queryKey: ['models', 'filter', search],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 30, search }, signal }),
    placeholderData: keepPreviousData,
  });
  const suggestions = (models.data?.data ?? [])
    .filter((model) => model.active && !slugs.includes(model.slug))
    .map((model) => ({ value: model.slug, hint: model.display_name }));

  function type(text: string) {
    if (!suggestions.some((suggestion) => suggestion.value === text)) return setTyped(text);
    onChange([...slugs, text]);
    setTyped('');
  }

  return (
    <div>
      <Field
        label="Limit to models"
        note="optional"
        help={slugs.length === 0 ? 'Without a limit it may call every model of the organization.' : null}
        error={error}
      >
        <Autocomplete mono placeholder="Every model" value={typed} onValueChange={type} suggestions={suggestions} />
      </Field>
      {slugs.length > 0 && (
        <ul aria-label="Chosen models" className="mt-2 flex flex-wrap gap-1.5">
          {slugs.map((slug) => (
            <li key={slug} className="flex items-center gap-1 rounded-md bg-accent py-0.5 pr-0.5 pl-2 font-mono text-on-accent text-xs">
              {slug}
              <button
                type="button"
                aria-label={`Remove ${slug}`}
                onClick={() => onChange(slugs.filter((each) => each !== slug))}
                className="flex size-5 items-center justify-center rounded hover:bg-hover"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
