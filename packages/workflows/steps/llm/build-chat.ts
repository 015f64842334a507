import {
  type ChatRequest,
  capabilityNames,
  type LlmConfig,
  neededCapabilities,
  renderTemplate,
  type StepOf,
  type TemplateScope,
} from '@pipelines/contracts';
import type { ResolvedModel } from '@pipelines/registry';
import { StepFailure } from '../step-failure.ts';

export interface BuiltChat {
  readonly body: Omit<ChatRequest, 'stream' | 'stream_options'> & Pick<ChatRequest, 'messages'>;
  /** What the step has and is not sent, and why: for the page. */
  readonly notes: readonly string[];
}

/**
 * The chat of a step for exactly this model: what the model lacks and the step can do without is left out.
 * @throws StepFailure `model_inactive`, `capability_missing`, `invalid_request`
 */
export function buildChat(step: StepOf<'llm'>, model: ResolvedModel, scope: TemplateScope): BuiltChat {
  const { config } = step;
  const { target, slug } = model;
  if (!model.active) {
    throw new StepFailure('model_inactive', `The model "${slug}" of the step "${step.name}" has been deactivated. Choose another model.`, {
      slug,
    });
  }
  const lacking = neededCapabilities(config).find((capability) => !target.capabilities[capability]);
  if (lacking !== undefined) {
    const name = capabilityNames[lacking];
    throw new StepFailure('capability_missing', `The model "${slug}" is not offered for ${name}, which the step "${step.name}" needs.`, {
      slug,
    });
  }
  const limit = config.max_tokens === null ? null : Math.min(config.max_tokens, target.maxTokens ?? config.max_tokens);
  return {
    body: {
      model: slug,
      messages: [
        ...(config.system_prompt.trim() === '' ? [] : [{ role: 'system' as const, content: renderTemplate(config.system_prompt, scope) }]),
        { role: 'user', content: userContent(step, scope) },
      ],
      ...(config.temperature !== null && { temperature: config.temperature }),
      ...(limit !== null && { max_tokens: limit }),
      ...reasoningOf(config, model),
      ...(config.output.type === 'json_schema' && {
        response_format: { type: 'json_schema', json_schema: { name: step.name, schema: config.output.schema } },
      }),
    },
    notes: notesOf(config, model),
  };
}

function userContent({ name, config }: StepOf<'llm'>, scope: TemplateScope) {
  const text = renderTemplate(config.user_prompt, scope);
  const images = config.images.flatMap((field) => {
    const url = scope.input[field];
    if (url === undefined || url === null || url === '') return [];
    if (typeof url !== 'string') throw new StepFailure('invalid_request', `The image "${field}" of the step "${name}" is not a URL.`);
    return [{ type: 'image_url', image_url: { url } }];
  });
  return images.length === 0 ? text : [{ type: 'text', text }, ...images];
}

function reasoningOf({ reasoning }: LlmConfig, { target }: ResolvedModel): Pick<ChatRequest, 'reasoning'> {
  if (!target.capabilities.reasoning) return {};
  if (target.reasoningParameter === 'effort' && reasoning.effort !== null) return { reasoning: { effort: reasoning.effort } };
  if (target.reasoningParameter === 'max_tokens' && reasoning.max_tokens !== null)
    return { reasoning: { max_tokens: reasoning.max_tokens } };
  return {};
}

function notesOf({ tools, reasoning }: LlmConfig, { target, slug }: ResolvedModel): string[] {
  const notes: string[] = [];
  if (tools.length > 0 && !target.capabilities.tool_use) notes.push(`Its tools were not sent: "${slug}" is not offered for Tool use.`);
  const asks = reasoning.effort !== null || reasoning.max_tokens !== null;
  if (asks && !target.capabilities.reasoning) notes.push(`Reasoning was not sent: "${slug}" is not offered for it.`);
  return notes;
}
