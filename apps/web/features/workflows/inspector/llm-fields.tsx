import type { LlmConfig, Model } from '@pipelines/contracts';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { CapabilityIcons } from '../../../ui/capability-icons.tsx';
import { Field } from '../../../ui/field.tsx';
import { NumberInput } from '../../../ui/number-input.tsx';
import { ModelSelect } from '../../model-select.tsx';
import { problemAt, type StepFieldsProps } from './editor-context.ts';
import { fitToModel } from './fit-to-model.ts';
import { ImageFields } from './image-fields.tsx';

import { OutputFields } from './output-fields.tsx';
import { ReasoningFields } from './reasoning-fields.tsx';
import { TemplateField } from './template-field.tsx';
import { ToolFields } from './tool-fields.tsx';

const anyTokens = 10_000_000;

/** The settings of an LLM step. Controls follow the model: what it does not have is greyed with the reason, or absent. */
export function LlmFields({ step, context }: StepFieldsProps<'llm'>) {
  const { config } = step;
  const [note, setNote] = useState<string | null>(null);
  const model = context.models.find((each) => each.slug === config.model && each.active) ?? null;
  const change = (part: Partial<LlmConfig>, field: keyof LlmConfig) => context.change({ ...step, config: { ...config, ...part } }, field);

  function choose(chosen: Model) {
    const fitted = fitToModel(config, chosen);
    setNote(fitted.note);
    context.change({ ...step, config: fitted.config }, 'model');
  }

  function noteClamped() {
    if (model) setNote(`Lowered to the most that ${model.display_name} answers.`);
  }

  return (
    <>
      <div data-field="model">
        <Field label="Model" required error={problemAt(context, 'model')}>
          <ModelSelect slug={config.model} models={context.models} onChange={choose} placeholder="Choose a model" />
        </Field>
        {model && (
          <div className="mt-2 flex items-center gap-2">
            <CapabilityIcons capabilities={model.capabilities} />
            <Link
              to="/models/$slug"
              params={{ slug: model.slug }}
              className="ml-auto text-primary-text text-xs underline underline-offset-2"
            >
              Open the model
            </Link>
          </div>
        )}
      </div>
      <TemplateField
        label="Prompt"
        field="user_prompt"
        required
        rows={5}
        value={config.user_prompt}
        help="Type {{ for the fields of the input and the outputs of earlier steps."
        onValueChange={(user_prompt) => change({ user_prompt }, 'user_prompt')}
        context={context}
      />
      <TemplateField
        label="System prompt"
        field="system_prompt"
        rows={3}
        value={config.system_prompt}
        onValueChange={(system_prompt) => change({ system_prompt }, 'system_prompt')}
        context={context}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Temperature">
          <NumberInput
            value={config.temperature}
            onValueChange={(temperature) => change({ temperature }, 'temperature')}
            min={0}
            max={2}
            fraction
            placeholder="the model’s"
          />
        </Field>
        <div data-field="max_tokens">
          <Field label="Max tokens" error={problemAt(context, 'max_tokens')}>
            <NumberInput
              value={config.max_tokens}
              onValueChange={(max_tokens) => {
                setNote(null);
                change({ max_tokens }, 'max_tokens');
              }}
              min={1}
              max={model?.max_tokens ?? anyTokens}
              placeholder={model?.max_tokens?.toString() ?? 'the model’s'}
              onClamped={noteClamped}
            />
          </Field>
        </div>
      </div>
      <p role="status" className="-mt-3 text-warn text-xs empty:hidden">
        {note}
      </p>
      <ReasoningFields config={config} model={model} onChange={change} onClamped={noteClamped} />
      <OutputFields config={config} model={model} context={context} onChange={change} />
      <ImageFields config={config} model={model} context={context} onChange={change} />
      <ToolFields config={config} model={model} context={context} onChange={change} />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Retries">
          <NumberInput
            value={config.retries}
            onValueChange={(retries) => retries !== null && change({ retries }, 'retries')}
            min={0}
            max={10}
          />
        </Field>
        <Field label="Timeout in seconds">
          <NumberInput
            value={config.timeout_seconds}
            onValueChange={(seconds) => seconds !== null && change({ timeout_seconds: seconds }, 'timeout_seconds')}
            min={1}
            max={900}
          />
        </Field>
      </div>
      <div data-field="fallback_model">
        <Field label="Fallback model" help="Called when the model fails after all retries." error={problemAt(context, 'fallback_model')}>
          <ModelSelect
            slug={config.fallback_model}
            models={context.models}
            fits={(each) => each.slug !== config.model}
            onChange={(chosen) => change({ fallback_model: chosen.slug }, 'fallback_model')}
            placeholder="None"
          />
        </Field>
        {config.fallback_model !== null && (
          <Button variant="ghost" size="small" className="mt-1" onClick={() => change({ fallback_model: null }, 'fallback_model')}>
            No fallback
          </Button>
        )}
      </div>
    </>
  );
}
