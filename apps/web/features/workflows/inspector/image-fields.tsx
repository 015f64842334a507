import { Link } from '@tanstack/react-router';
import { type EditorContext, problemAt } from './editor-context.ts';
import type { LlmPartProps } from './llm-part-props.ts';

/** Images out of the input that go with the prompt: which needs Vision. Absent where the input has none. */
export function ImageFields({ config, model, context, onChange }: LlmPartProps & { readonly context: EditorContext }) {
  const start = context.graph.steps.find((step) => step.kind === 'start');
  const fields = start?.kind === 'start' ? start.config.fields.filter((field) => field.type === 'image').map((field) => field.name) : [];
  const names = [...new Set([...fields, ...config.images])];
  if (names.length === 0) return null;
  const lacksVision = model !== null && !model.capabilities.vision;
  const error = problemAt(context, 'images');
  return (
    <fieldset data-field="images" className="space-y-1.5">
      <legend className="mb-1.5 font-medium text-[13px]">Images</legend>
      {names.map((name) => (
        <label key={name} className="flex items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            checked={config.images.includes(name)}
            disabled={lacksVision && !config.images.includes(name)}
            onChange={(event) =>
              onChange(
                { images: event.target.checked ? [...config.images, name] : config.images.filter((each) => each !== name) },
                'images',
              )
            }
          />
          <code className="font-mono">input.{name}</code>
        </label>
      ))}
      {error && <p className="text-[13px] text-bad">{error}</p>}
      {lacksVision && (
        <p className="text-muted text-xs">
          {model.display_name} does not have Vision. Pick another model or{' '}
          <Link to="/models/$slug" params={{ slug: model.slug }} className="text-primary-text underline underline-offset-2">
            change its capabilities
          </Link>
          .
        </p>
      )}
    </fieldset>
  );
}
