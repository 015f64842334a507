import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { listedLimit, listItems, listRequest } from '../list-request.ts';
import { classifyError } from './classify-error.ts';

export function prepareModelList(call: ModelListCall): readonly PreparedRequest[] {
  return [listRequest(call, `${call.baseUrl}/models?pageSize=1000`)];
}

/** All models of the key; those that do not generate content are no chat models. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  return responses.flatMap((response) => {
    if (response.status !== 200) throw classifyError(response);
    return listItems<ListedGemini>(response, 'models').flatMap(toListing);
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

function toListing(model: ListedGemini): ProviderListing[] {
  if (typeof model.name !== 'string') return [];
  const methods = model.supportedGenerationMethods;
  return [
    {
      id: model.name.replace(/^models\//, ''),
      name: typeof model.displayName === 'string' ? model.displayName : null,
      context_tokens: listedLimit(model.inputTokenLimit),
      maxOutputTokens: listedLimit(model.outputTokenLimit),
      capabilities: { reasoning: model.thinking === true },
      prices: null,
      chat: !Array.isArray(methods) || methods.includes('generateContent'),
    },
  ];
}
