import { useEffect, useRef, useState } from 'react';
import { Autocomplete } from '../ui/autocomplete.tsx';
import { Field } from '../ui/field.tsx';
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
  const [typed, setTyped] = useState(slug ?? '');
  const waits = useRef(false);
  const handedOn = useRef(slug);
  const models = useModelSuggestions(typed);
  const isSlug = models.some((model) => model.slug === typed.trim());

  function type(text: string) {
    setTyped(text);
    waits.current = true;
    if (text === '') hand(text);
  }

  function hand(text: string) {
    const next = text.trim() || undefined;
    waits.current = false;
    if (next === handedOn.current) return;
    handedOn.current = next;
    onChange(next);
  }

  // What was handed on comes back by the address, when more may have been typed.
  useEffect(() => {
    if (slug === handedOn.current) return;
    handedOn.current = slug;
    waits.current = false;
    setTyped(slug ?? '');
  }, [slug]);

  useEffect(() => {
    if (isSlug && waits.current) hand(typed);
  });

  return (
    <form
      className="w-full sm:w-64"
      onSubmit={(event) => {
        event.preventDefault();
        hand(typed);
      }}
    >
      <Field label="Model" hideLabel>
        <Autocomplete
          mono
          placeholder="Any model"
          value={typed}
          onValueChange={type}
          onBlur={() => waits.current && hand(typed)}
          suggestions={models.map((model) => ({ value: model.slug, hint: model.display_name }))}
        />
      </Field>
    </form>
  );
}
