import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { listedLimit, listItems, listRequest } from '../list-request.ts';
import { classifyError } from './classify-error.ts';
import { wireHeaders } from './prepare-request.ts';

export function prepareModelList(call: ModelListCall): readonly PreparedRequest[] {
  return [listRequest(call, `${call.baseUrl}/models?limit=1000`, wireHeaders)];
}

/** The models that still answer, with what Anthropic tells of their limits and abilities. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  return responses.flatMap((response) => {
    if (response.status !== 200) throw classifyError(response);
    return listItems<ListedClaude>(response, 'data').flatMap(toListing);
  });
}

interface ListedClaude {
  readonly id?: unknown;
  readonly display_name?: unknown;
  readonly lifecycle?: unknown;
  readonly max_input_tokens?: unknown;
  readonly max_tokens?: unknown;
  readonly capabilities?: Readonly<Record<string, { readonly supported?: unknown } | undefined>> | null;
}

function toListing(model: ListedClaude): ProviderListing[] {
  if (typeof model.id !== 'string' || model.lifecycle === 'retired') return [];
  const { capabilities } = model;
  const has = (name: string): boolean => capabilities?.[name]?.supported === true;
  return [
    {
      id: model.id,
      name: typeof model.display_name === 'string' ? model.display_name : null,
      context_tokens: listedLimit(model.max_input_tokens),
      maxOutputTokens: listedLimit(model.max_tokens),
      // Every Claude takes tools; the list does not say so.
      capabilities:
        capabilities == null
          ? null
          : { vision: has('image_input'), json_mode: has('structured_outputs'), reasoning: has('thinking'), tool_use: true },
      prices: null,
      chat: true,
    },
  ];
}
