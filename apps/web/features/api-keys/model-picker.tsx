import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Autocomplete } from '../../ui/autocomplete.tsx';
import { Field } from '../../ui/field.tsx';
import { useModelSuggestions } from '../use-model-suggestions.ts';

export interface ModelPickerProps {
  readonly slugs: readonly string[];
  readonly onChange: (slugs: string[]) => void;
  /** What is typed and not chosen yet. */
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly error?: string | undefined;
}

/** Any number of models, found by typing. None means every model. A slug that is typed whole is chosen as soon as it is known. */
export function ModelPicker({ slugs, onChange, typed, onType, error }: ModelPickerProps) {
  const suggestions = useModelSuggestions(typed)
    .filter((model) => model.active && !slugs.includes(model.slug))
    .map((model) => ({ value: model.slug, hint: model.display_name }));
  const known = suggestions.find((suggestion) => suggestion.value === typed.trim())?.value;

  useEffect(() => {
    if (!known) return;
    onChange([...slugs, known]);
    onType('');
  }, [known, slugs, onChange, onType]);

  return (
    <div>
      <Field
        label="Limit to models"
        note="optional"
        help={slugs.length === 0 ? 'Without a limit it may call every model of the organization.' : null}
        error={error}
      >
        <Autocomplete mono placeholder="Every model" value={typed} onValueChange={onType} suggestions={suggestions} />
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
