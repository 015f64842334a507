import { useEffect } from 'react';
import { Autocomplete } from '../ui/autocomplete.tsx';
import { Field } from '../ui/field.tsx';
import { useTypedSearch } from '../use-typed-search.ts';
import { useModelSuggestions } from './use-model-suggestions.ts';

export interface ModelFilterProps {
  readonly slug: string | undefined;
  readonly onChange: (slug: string | undefined) => void;
}

/**
 * Filters by a slug: chosen among the models that match what is typed, or typed whole. What is typed counts at once where
 * it is a model's slug, however late that is known; anything else counts with Enter or when the field is left.
 */
export function ModelFilter({ slug, onChange }: ModelFilterProps) {
  const { typed, type, flush } = useTypedSearch(slug ?? '', (text) => onChange(text.trim() || undefined), null);
  const models = useModelSuggestions(typed);
  const isSettled = typed === '' || models.some((model) => model.slug === typed.trim());
  useEffect(() => {
    if (isSettled) flush();
  });

  return (
    <form
      className="w-full sm:w-64"
      onSubmit={(event) => {
        event.preventDefault();
        flush();
      }}
    >
      <Field label="Model" hideLabel>
        <Autocomplete
          mono
          placeholder="Any model"
          value={typed}
          onValueChange={type}
          onBlur={flush}
          suggestions={models.map((model) => ({ value: model.slug, hint: model.display_name }))}
        />
      </Field>
    </form>
  );
}
