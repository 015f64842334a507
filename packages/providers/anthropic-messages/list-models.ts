import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { parseAnswerObject } from '../translated-answer.ts';
import { classifyError } from './classify-error.ts';
import { wireHeaders } from './prepare-request.ts';

export function prepareModelList({ baseUrl, authScheme }: ModelListCall): readonly PreparedRequest[] {
  return [
    {
      method: 'GET',
      url: `${baseUrl}/models?limit=1000`,
      headers: { accept: 'application/json', ...wireHeaders },
      body: null,
      auth: authScheme,
      region: null,
      changes: [],
    },
  ];
}

/** The models that still answer, with what Anthropic tells of their limits and abilities. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  return responses.flatMap((response) => {
    if (response.status !== 200) throw classifyError(response);
    const { data } = parseAnswerObject(response);
    return Array.isArray(data) ? data.flatMap((model) => toListing(model)) : [];
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

function toListing(model: ListedClaude | null): ProviderListing[] {
  if (typeof model?.id !== 'string' || model.lifecycle === 'retired') return [];
  const { capabilities } = model;
  const has = (name: string): boolean => capabilities?.[name]?.supported === true;
  return [
    {
      id: model.id,
      name: typeof model.display_name === 'string' ? model.display_name : null,
      context_tokens: positive(model.max_input_tokens),
      maxOutputTokens: positive(model.max_tokens),
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

function positive(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}
