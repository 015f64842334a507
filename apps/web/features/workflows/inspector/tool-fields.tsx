import type { LlmConfig, ToolBinding, ToolEndpoint } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { CostLimitField } from './cost-limit-field.tsx';
import { type EditorContext, problemsAt } from './editor-context.ts';
import type { LlmPartProps } from './llm-part-props.ts';
import { ToolBindingCard } from './tool-binding-card.tsx';

interface ToolFieldsProps extends LlmPartProps {
  readonly context: EditorContext;
}

/** Which tools the model may call. Greyed, kept and never sent where it does not have Tool use. */
export function ToolFields({ config, model, context, onChange }: ToolFieldsProps) {
  const lacksTools = model !== null && !model.capabilities.tool_use;
  const bindings = new Map(config.tools.map((binding) => [binding.endpoint_id, binding]));
  const known = new Set(context.endpoints.map((endpoint) => endpoint.id));
  const shown = context.endpoints.filter((endpoint) => !lacksTools || bindings.has(endpoint.id));
  const gone = config.tools.filter((binding) => !known.has(binding.endpoint_id));

  function bind(endpoint: Pick<ToolEndpoint, 'id'>, binding: ToolBinding | null) {
    const others = config.tools.filter((each) => each.endpoint_id !== endpoint.id);
    onChange({ tools: binding === null ? others : [...others, binding] }, 'tools');
  }

  return (
    <fieldset disabled={lacksTools} data-field="tools" className="space-y-2">
      <legend className="mb-1.5 font-medium text-[13px]">Tools</legend>
      {shown.map((endpoint) => (
        <ToolBindingCard
          key={endpoint.id}
          endpoint={endpoint}
          binding={bindings.get(endpoint.id) ?? null}
          isGreyed={lacksTools}
          onChange={(binding) => bind(endpoint, binding)}
        />
      ))}
      {gone.map((binding) => (
        <GoneBinding key={binding.endpoint_id} isGreyed={lacksTools} onRemove={() => bind({ id: binding.endpoint_id }, null)} />
      ))}
      {problemsAt(context, 'tools').map((message) => (
        <p key={message} className="text-[13px] text-bad">
          {message}
        </p>
      ))}
      {lacksTools ? (
        <p className="text-muted text-xs">
          {model.display_name} does not have Tool use. Pick another model or{' '}
          <Link to="/models/$slug" params={{ slug: model.slug }} className="text-primary-text underline underline-offset-2">
            change its capabilities
          </Link>
          .{config.tools.length > 0 && ' What is chosen is kept, and not sent.'}
        </p>
      ) : (
        context.endpoints.length === 0 && (
          <p className="text-muted text-xs">
            Your organization has no tool endpoints yet: see{' '}
            <Link to="/tools" className="text-primary-text underline underline-offset-2">
              Tools
            </Link>
            .
          </p>
        )
      )}
      {config.tools.length > 0 && !lacksTools && <ToolLimits config={config} context={context} onChange={onChange} />}
    </fieldset>
  );
}

function GoneBinding({ isGreyed, onRemove }: { readonly isGreyed: boolean; readonly onRemove: () => void }) {
  return (
    <label className="flex items-center gap-2.5 rounded-lg border border-bad/40 px-3 py-2 text-[13px]">
      <input type="checkbox" checked disabled={isGreyed} onChange={onRemove} className="size-4 shrink-0 accent-primary" />
      Tools of an endpoint that has been deleted
    </label>
  );
}

interface ToolLimitsProps extends Pick<LlmPartProps, 'onChange'> {
  readonly config: LlmConfig;
  readonly context: EditorContext;
}

function ToolLimits({ config, context, onChange }: ToolLimitsProps) {
  return (
    <div className="grid grid-cols-2 gap-3 pt-1">
      <Field label="Rounds of tools" help="Then it must answer.">
        <NumberInput
          value={config.max_tool_rounds}
          onValueChange={(rounds) => rounds !== null && onChange({ max_tool_rounds: rounds }, 'max_tool_rounds')}
          min={1}
          max={50}
        />
      </Field>
      <CostLimitField
        label="Cost limit in USD"
        help="Of one run of the step."
        field="max_tool_cost"
        context={context}
        value={config.max_tool_cost ?? null}
        onValueChange={(cost) => onChange({ max_tool_cost: cost }, 'max_tool_cost')}
      />
    </div>
  );
}
