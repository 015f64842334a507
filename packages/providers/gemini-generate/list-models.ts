import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { classifyError } from './classify-error.ts';

export function prepareModelList({ baseUrl, authScheme }: ModelListCall): readonly PreparedRequest[] {
  return [
    {
      method: 'GET',
      url: `${baseUrl}/models?pageSize=1000`,
      headers: { accept: 'application/json' },
      body: null,
      auth: authScheme,
      region: null,
      changes: [],
    },
  ];
}

/** All models of the key; those that do not generate content are no chat models. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  return responses.flatMap((response) => {
    if (response.status !== 200) throw classifyError(response);
    const { models } = parseAnswerObject(response);
    return Array.isArray(models) ? models.flatMap((model) => toListing(model)) : [];
  });
}

interface ListedGemini {
  readonly name?: unknown;
  readonly displayName?: unknown;
  readonly inputTokenLimit?: unknown;
  readonly outputTokenLimit?: unknown;
  readonly supportedGenerationMethods?: unknown;
  readonly thinking?: unknown;
}

function toListing(model: ListedGemini | null): ProviderListing[] {
  if (typeof model?.name !== 'string') return [];
  const methods = model.supportedGenerationMethods;
  return [
    {
      id: model.name.replace(/^models\//, ''),
      name: typeof model.displayName === 'string' ? model.displayName : null,
      context_tokens: positive(model.inputTokenLimit),
      maxOutputTokens: positive(model.outputTokenLimit),
      capabilities: { reasoning: model.thinking === true },
      prices: null,
      chat: !Array.isArray(methods) || methods.includes('generateContent'),
    },
  ];
}

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
