import type { ModelListCall, PreparedRequest, ProviderListing, RawResponse } from '../adapter.ts';
import { listItems, listRequest } from '../list-request.ts';
import { bedrockControlUrl } from './bedrock-base-url.ts';
import { classifyError } from './classify-error.ts';

/** The foundation models, and the inference profiles that many of them are only called through. */
export function prepareModelList(call: ModelListCall): readonly PreparedRequest[] {
  const host = bedrockControlUrl(call.baseUrl);
  return ['/foundation-models?byOutputModality=TEXT', '/inference-profiles?maxResults=1000'].map((path) => listRequest(call, host + path));
}

/** Either list may be denied to a key that may well call models: the other one then stands alone. */
export function readModelList(responses: readonly RawResponse[]): readonly ProviderListing[] {
  const good = responses.filter((response) => response.status === 200);
  const refused = responses.find((response) => response.status !== 200);
  if (good.length === 0 && refused !== undefined) throw classifyError(refused);
  const models = good.flatMap((response) => listItems<ModelSummary>(response, 'modelSummaries'));
  const profiles = good.flatMap((response) => listItems<ProfileSummary>(response, 'inferenceProfileSummaries'));
  return [...profiles.flatMap((profile) => fromProfile(profile, models)), ...models.flatMap(fromModel)];
}

interface ModelSummary {
  readonly modelId?: unknown;
  readonly modelName?: unknown;
  readonly inputModalities?: unknown;
  readonly inferenceTypesSupported?: unknown;
  readonly modelLifecycle?: { readonly status?: unknown };
}

interface ProfileSummary {
  readonly inferenceProfileId?: unknown;
  readonly inferenceProfileName?: unknown;
  readonly status?: unknown;
}

/** A model that is called through profiles only is not offered by its bare ID. */
function fromModel(model: ModelSummary): ProviderListing[] {
  const types = model.inferenceTypesSupported;
  const onDemand = !Array.isArray(types) || types.includes('ON_DEMAND');
  if (typeof model.modelId !== 'string' || !onDemand || model.modelLifecycle?.status === 'LEGACY') return [];
  return [toListing(model.modelId, model.modelName, model)];
}

function fromProfile(profile: ProfileSummary, models: readonly ModelSummary[]): ProviderListing[] {
  const id = profile.inferenceProfileId;
  if (typeof id !== 'string') return [];
  const model = models.find((candidate) => typeof candidate.modelId === 'string' && id.endsWith(candidate.modelId));
  return [toListing(id, profile.inferenceProfileName, model)];
}

function toListing(id: string, name: unknown, model: ModelSummary | undefined): ProviderListing {
  const inputs = model?.inputModalities;
  return {
    id,
    name: typeof name === 'string' ? name : null,
    context_tokens: null,
    maxOutputTokens: null,
    capabilities: Array.isArray(inputs) ? { vision: inputs.includes('IMAGE') } : null,
    prices: null,
    chat: true,
  };
}
