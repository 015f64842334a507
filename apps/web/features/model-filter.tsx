import { routes } from '@pipelines/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callApi } from '../api-client.ts';
import { Autocomplete } from '../ui/autocomplete.tsx';
import { Field } from '../ui/field.tsx';
import { useSettled } from '../use-settled.ts';

export interface ModelFilterProps {
  readonly slug: string | undefined;
  readonly onChange: (slug: string | undefined) => void;
}

/** Filters by a slug: typed whole, or chosen among the models that match what is typed. */
export function ModelFilter({ slug, onChange }: ModelFilterProps) {
  const [typed, setTyped] = useState(slug ?? '');
  const search = useSettled(typed.trim());
  useEffect(() => setTyped(slug ?? ''), [slug]);
  const models = useQuery({
    queryKey: ['models', 'filter', search],
    queryFn: ({ signal }) => callApi(routes.listModels, { query: { limit: 30, search }, signal }),
    placeholderData: keepPreviousData,
  });
  const suggestions = (models.data?.data ?? []).map((model) => ({ value: model.slug, hint: model.display_name }));

  function change(text: string) {
    setTyped(text);
    if (text === '') onChange(undefined);
    else if (suggestions.some((suggestion) => suggestion.value === text)) onChange(text);
  }

  return (
    <form
      className="w-full sm:w-64"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim() || undefined);
      }}
    >
      <Field label="Model" hideLabel>
        <Autocomplete mono placeholder="Any model" value={typed} onValueChange={change} suggestions={suggestions} />
      </Field>
    </form>
  );
}
