import { Link } from '@tanstack/react-router';
import type { LlmPartProps } from './llm-part-props.ts';

/** Bound tools, greyed and kept: never sent to a model without Tool use. Says why none can be bound. */
export function ToolFields({ config, model }: Pick<LlmPartProps, 'config' | 'model'>) {
  const lacksTools = model !== null && !model.capabilities.tool_use;
  return (
    <fieldset disabled className="space-y-1.5">
      <legend className="mb-1.5 font-medium text-[13px]">Tools</legend>
      {config.tools.map((binding) => (
        <label
          key={binding.endpoint_id}
          className="flex items-center gap-2 rounded-lg border border-line bg-hover px-3 py-2 text-[13px] text-muted"
        >
          <input type="checkbox" checked readOnly />
          {binding.endpoint_id} {binding.tools === null ? '(all tools)' : binding.tools.join(', ')}
        </label>
      ))}
      {lacksTools ? (
        <p className="text-muted text-xs">
          {model.display_name} does not have Tool use. Pick another model or{' '}
          <Link to="/models/$slug" params={{ slug: model.slug }} className="text-primary-text underline underline-offset-2">
            change its capabilities
          </Link>
          .
        </p>
      ) : (
        <p className="text-muted text-xs">Your organization has no tool endpoints, so there is nothing to bind.</p>
      )}
    </fieldset>
  );
}
